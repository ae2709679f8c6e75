/** What is tried first by anyone who guesses: published lists and the habits of Chinese campuses, in lower case. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  00000000 0123456789 11111111 11223344 112233445566 123123123 123321123 12341234 12345678 123456789 1234567890
  123456789a 12345678a 123456aa 123456ab 123456abc 1234abcd 13145200 1314520a 147258369 159357456 19491001
  1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 20082008 3.1415926 31415926 52013140 5201314520 5201314a
  66666666 77585210 7758521a 88888888 987654321 9876543210 a1234567 a12345678 a123456789 a5201314 aa123456
  aa12345678 abc12345 abc123456 abcd1234 abcdefg1 abcdefgh admin123 admin1234 admin12345 admin123456 admin888
  administrator aini1314 asd123456 asdf1234 asdfghjk asdfghjkl baseball beijing2008 changeme changeme123 charlie1
  chelsea1 china123 college1 college123 college1234 computer dragon123 dualcert dualcert1 football iloveyou
  iloveyou1 iloveyou520 internet jiaowu123 jiaowuchu jordan23 laoshi123 letmein1 letmein123 li123456 liu123456
  liverpool master123 michael1 mima1234 mima123456 mimamima monkey123 nihao123 nihao123456 p@ssw0rd p@ssw0rd1
  p@ssw0rd123 p@ssword p@ssword1 pa55word passw0rd passw0rd123 password password1 password12 password123
  password1234 pokemon1 princess q1w2e3r4 q1w2e3r4t5 qaz123456 qazwsxedc qwe123456 qweasdzxc qwer1234 qwer123456
  qwerty123 qwerty1234 qwertyui qwertyuiop root1234 root123456 samsung1 school123 shanghai shuangzheng
  shuangzheng1 starwars student1 student123 student1234 sunshine superman teacher1 teacher123 teacher1234
  test1234 test123456 tiantian trustno1 wang1234 welcome1 welcome123 whatever woaini123 woaini1314 woaini520
  woaini521 woaiwojia wodemima xiaoming xuesheng123 zaq12wsx zhang123 zhongguo zhongguo1 zxc123456 zxcvbnm1
  zxcvbnm123
`
    .trim()
    .split(/\s+/),
);

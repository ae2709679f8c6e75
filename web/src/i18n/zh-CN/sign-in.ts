export const signIn = {
  title: '登录',
  loginName: '账号',
  password: '密码',
  submit: '登录',
  needLoginName: '请输入账号',
  needPassword: '请输入密码',
  demoHint: '示例学校的账号和密码在启动时打印在终端，也保存在数据目录的 demo-accounts.txt。',
  change: {
    title: '修改密码',
    why: '这是初始密码，请先换一个自己的密码。',
    current: '当前密码',
    next: '新密码（至少 8 位）',
    submit: '修改',
    done: '密码已修改，请用新密码登录。',
  },
} as const;

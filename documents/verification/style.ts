import { createHash } from 'node:crypto';

/** Phone first; system fonts; every colour on its ground ≥ 4.5:1. */
export const verificationStyle = `
*{box-sizing:border-box}
body{margin:0;background:#f4f5f7;color:#1c2024;font:16px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
main,header,footer{max-width:720px;margin:0 auto;padding:0 16px}
header{display:flex;align-items:center;gap:12px;padding-top:16px;padding-bottom:4px}
header svg{width:32px;height:32px;flex:none}
header p{margin:0;flex:1;font-weight:600}
a{color:#0958d9}
.domain{margin:8px 0 16px;color:#59626c;font-size:14px}
.domain b{display:block;color:#1c2024;font-size:22px;line-height:1.3;overflow-wrap:anywhere;font-weight:650}
.status{display:flex;gap:16px;align-items:center;border-radius:12px;padding:20px;background:#fff;border:2px solid}
.status svg{width:64px;height:64px;flex:none}
.status h1{margin:0;font-size:40px;line-height:1.15}
.status p{margin:4px 0 0;color:#1c2024}
.valid{color:#116329;border-color:#1a7f37;background:#f0faf2}
.suspended{color:#7a4d00;border-color:#bf8700;background:#fff8e6}
.revoked{color:#a40e26;border-color:#cf222e;background:#fff1f1}
.superseded{color:#42506b;border-color:#6e7f9e;background:#f2f5fa}
.unknown{color:#424a53;border-color:#8b949e;background:#fff}
.example{margin:0 0 12px;padding:8px 16px;border-radius:8px;background:#a40e26;color:#fff;font-weight:600}
section{background:#fff;border:1px solid #d5d9de;border-radius:12px;padding:16px 20px;margin:16px 0}
section p{margin:0}
h2,section h1{margin:0 0 8px;font-size:18px}
.diploma h2{color:#2f3aa0}.skill h2{color:#0b6e69}
dl{margin:0;display:grid;grid-template-columns:10em 1fr;gap:8px 12px}
dt{color:#59626c;font-size:14px;line-height:1.8}
dd{margin:0;overflow-wrap:anywhere}
dd.big{font-size:22px;font-weight:650;line-height:1.3}
section .note{color:#424a53;font-size:14px;margin:12px 0 0}
label{display:block;font-size:14px;margin-top:8px}
input{width:100%;font:inherit;padding:10px 12px;border:1px solid #8b949e;border-radius:8px;background:#fff;color:inherit}
button{margin-top:16px;font:inherit;font-weight:600;color:#fff;background:#0958d9;border:0;border-radius:8px;padding:11px 24px;min-height:44px}
input:focus-visible,button:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid #4096ff;outline-offset:2px}
summary{cursor:pointer;font-weight:600}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:12px;line-height:1.5;background:#f4f5f7;padding:12px;border-radius:8px;margin:8px 0 0}
footer{color:#59626c;font-size:14px;padding-bottom:32px}
@media(max-width:480px){.status h1{font-size:34px}.status svg{width:52px;height:52px}dl{grid-template-columns:1fr;gap:0}dd.big{font-size:20px}dd{margin-bottom:8px}dt{line-height:1.4}}
@media print{body{background:#fff}form,.lookup{display:none}}
`;

/** For `style-src` of the page's CSP: the one stylesheet and nothing else. */
export const verificationStyleHash = `sha256-${createHash('sha256').update(verificationStyle).digest('base64')}`;

export const verificationCsp = [
  "default-src 'none'",
  `style-src '${verificationStyleHash}'`,
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

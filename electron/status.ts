const START = 'data:text/html;charset=utf-8,'

/** What the window shows while there is no page of ours to show: a line and what to do. No script, nothing loaded. */
export function statusPage({ title, text, language }: { title: string; text: string; language: string }): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'`
  const style = `:root{color-scheme:light dark}body{font:15px/1.6 system-ui;display:grid;place-content:center;
height:100vh;margin:0;background:light-dark(#FAFAF7,#12171A);color:light-dark(#1C2326,#E8ECEA)}
main{max-width:34rem;padding:2rem}h1{font-size:1.15rem;margin:0 0 .5rem}p{margin:0}`
  const html = `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Anteroom</title><style>${style}</style><main role="status"><h1 dir="auto">${escaped(title)}</h1><p dir="auto">${escaped(text)}</p></main></html>`
  return START + encodeURIComponent(html)
}

export function isStatusPage(url: string): boolean {
  return url.startsWith(START)
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '')
}

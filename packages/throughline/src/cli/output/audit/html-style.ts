/** How the report looks: light and dark, from a phone's width on, and on paper. */
export const style = `
:root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif; --page: #f6f6f4; --card: #fff; --ink: #1c1c1a; --soft: #55554f; --line: #dcdcd6; --bad: #a3231b; --good: #17643a; --badtint: #fbeceb; --goodtint: #eaf5ee }
@media (prefers-color-scheme: dark) { :root { --page: #151514; --card: #1f1f1d; --ink: #ececea; --soft: #b4b4ac; --line: #3a3a36; --bad: #ff9d94; --good: #86d9a4; --badtint: #3a201e; --goodtint: #1b3025 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink) }
header, main { max-width: 70rem; margin: 0 auto; padding: 0 1.25rem }
header { padding-top: 2.5rem }
.app { color: var(--soft); margin: 0; overflow-wrap: anywhere }
h1 { font-size: clamp(1.6rem, 4vw, 2.4rem); line-height: 1.15; margin: .25rem 0 1rem; letter-spacing: -.015em }
h2 { font-size: 1.4rem; margin: 0 0 1rem; line-height: 1.25 } h2 small { display: block }
h3 { font-size: 1.1rem; margin: 0 0 .4rem; line-height: 1.35 }
p { margin: .35rem 0 } a { color: inherit } small { color: var(--soft); font-weight: 400; font-size: .85rem; overflow-wrap: anywhere } code { font-size: .85em; overflow-wrap: anywhere }
.lead { font-size: 1.2rem; max-width: 48rem } b.bad, .counts .bad b, nav .bad, dt.bad { color: var(--bad) } b.good, .counts .good b, nav .good, dt.good, .fine { color: var(--good) }
.bar { height: .75rem; border-radius: 1rem; background: var(--bad); overflow: hidden; margin: 1.25rem 0 .75rem } .bar span { display: block; height: 100%; background: var(--good) }
.counts { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; padding: 0; margin: 0 } .counts b { font-size: 1.25rem; font-variant-numeric: tabular-nums }
nav ul { list-style: none; padding: 0; margin: 1.5rem 0 0; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
nav li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding: .55rem 1rem } nav li + li { border-top: 1px solid var(--line) } nav span { font-weight: 600 }
section { margin: 3rem 0; scroll-margin-top: 1rem } .plain { color: var(--soft) }
.screen { display: grid; grid-template-columns: minmax(0, 18rem) 1fr; gap: 1.25rem; margin-bottom: 1.25rem; align-items: start }
article { display: grid; grid-template-columns: minmax(0, 26rem) minmax(0, 1fr); gap: 1.25rem; padding: 1.25rem; margin: 1rem 0; background: var(--card); border: 1px solid var(--line); border-left: .4rem solid var(--good); border-radius: .75rem; break-inside: avoid }
article.bad { border-left-color: var(--bad) } article.bare { grid-template-columns: minmax(0, 1fr) }
@media (max-width: 48rem) { article, .screen { grid-template-columns: minmax(0, 1fr) } }
figure { margin: 0 } figcaption { color: var(--soft); font-size: .85rem } img { width: 100%; display: block; border: 1px solid var(--line); border-radius: .5rem; background: #fff }
.tag { display: inline-block; border-radius: 1rem; padding: .05rem .7rem; margin-right: .35rem; font-size: .85rem; font-weight: 700; color: var(--good); background: var(--goodtint) } .bad > div > h3 > .tag { color: var(--bad); background: var(--badtint) }
.ways { margin: 0; padding-left: 1.1rem; columns: 14rem } .ways li:target { font-weight: 700; text-decoration: underline } .promise { border-left: 3px solid var(--line); padding-left: .75rem }
summary { cursor: pointer; font-weight: 600; padding: .5rem 0 }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .75rem } table { border-collapse: collapse; font-size: .85rem; width: 100% }
th, td { border-bottom: 1px solid var(--line); padding: .5rem .65rem; text-align: left; vertical-align: top } tbody tr:last-child > * { border-bottom: 0 } thead th { vertical-align: bottom } tbody th { font-weight: 400; min-width: 12rem }
td.bad { background: var(--badtint) } td a { text-decoration: none } td a:hover, td a:focus { text-decoration: underline } td.bad a { color: var(--bad); font-weight: 700 } td.good a { color: var(--good) }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: .6rem 1.5rem; margin: 0 } dt { font-weight: 700 } dd { margin: 0 }
:focus-visible { outline: 3px solid; outline-offset: 2px }
@media print { body { background: none } details:not([open]) { display: none } }
`

/** A font that lies among the site's files. */
export interface SiteFont {
  readonly family: 'Inter Variable' | 'JetBrains Mono Variable'
  /** Relative to the folder of the style sheet. */
  readonly file: string
}

/** The style sheet: the studio's tokens, and one rule for each part of a page. Without fonts, those of the system. */
export function siteStyle(fonts: readonly SiteFont[]): string {
  const faces = fonts
    .map(
      ({ family, file }) =>
        `@font-face { font-family: '${family}'; font-style: normal; font-display: swap; font-weight: 100 900; src: url(${file}) format('woff2') }`,
    )
    .join('\n')
  return `${faces}\n${tokens}\n${rules}`
}

const tokens = `:root {
  color-scheme: light dark;
  --font-ui: 'Inter Variable', 'Inter', system-ui, -apple-system, 'Segoe UI', sans-serif;
  --font-mono: 'JetBrains Mono Variable', ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
  --bg: light-dark(oklch(97.9% 0.004 90), oklch(17% 0.012 272));
  --sunken: light-dark(oklch(96.2% 0.005 90), oklch(15% 0.012 272));
  --surface: light-dark(oklch(100% 0 0), oklch(20.6% 0.013 272));
  --raised: light-dark(oklch(100% 0 0), oklch(24.2% 0.014 272));
  --group: light-dark(oklch(96.2% 0.005 90), oklch(23% 0.013 272));
  --hover: light-dark(oklch(24% 0.02 272 / 0.045), oklch(96% 0.01 272 / 0.055));
  --hair: light-dark(oklch(24% 0.02 272 / 0.09), oklch(96% 0.01 272 / 0.085));
  --edge: light-dark(oklch(24% 0.02 272 / 0.16), oklch(96% 0.01 272 / 0.16));
  --ink: light-dark(oklch(23% 0.018 272), oklch(95.5% 0.004 272));
  --ink-2: light-dark(oklch(42% 0.016 272), oklch(79% 0.01 272));
  --ink-3: light-dark(oklch(51.5% 0.014 272), oklch(70% 0.012 272));
  --accent: light-dark(oklch(51% 0.215 268), oklch(74% 0.135 272));
  --accent-ink: light-dark(oklch(47% 0.215 268), oklch(80% 0.11 272));
  --accent-tint: light-dark(oklch(51% 0.215 268 / 0.085), oklch(74% 0.135 272 / 0.16));
  --code-k: light-dark(oklch(47% 0.16 268), oklch(80% 0.1 272));
  --code-s: light-dark(oklch(47% 0.115 158), oklch(80% 0.12 158));
  --code-n: light-dark(oklch(50% 0.14 45), oklch(82% 0.11 60));
  --ok-ink: light-dark(oklch(45% 0.115 158), oklch(80% 0.13 158));
  --ok-fill: light-dark(oklch(64% 0.145 158), oklch(70% 0.14 158));
  --ok-tint: light-dark(oklch(64% 0.145 158 / 0.12), oklch(70% 0.14 158 / 0.15));
  --warn-ink: light-dark(oklch(47% 0.115 65), oklch(84% 0.125 80));
  --warn-fill: light-dark(oklch(76% 0.155 72), oklch(80% 0.145 78));
  --warn-tint: light-dark(oklch(76% 0.155 72 / 0.17), oklch(80% 0.145 78 / 0.15));
  --bad-ink: light-dark(oklch(49% 0.195 24), oklch(79% 0.13 22));
  --bad-fill: light-dark(oklch(61% 0.215 24), oklch(68% 0.185 22));
  --bad-tint: light-dark(oklch(61% 0.215 24 / 0.1), oklch(68% 0.185 22 / 0.17));
  --draft-ink: light-dark(oklch(48% 0.17 305), oklch(81% 0.115 305));
  --draft-tint: light-dark(oklch(60% 0.18 305 / 0.1), oklch(72% 0.15 305 / 0.16));
  --line-1: light-dark(oklch(51% 0.215 268), oklch(72% 0.15 272));
  --line-2: light-dark(oklch(62% 0.17 45), oklch(77% 0.14 50));
  --line-3: light-dark(oklch(58% 0.11 195), oklch(78% 0.11 195));
  --line-4: light-dark(oklch(52% 0.19 345), oklch(75% 0.14 345));
  --shadow: light-dark(oklch(24% 0.02 272 / 0.06), oklch(0% 0 0 / 0.45));
}
:root[data-theme='light'] { color-scheme: light }
:root[data-theme='dark'] { color-scheme: dark }
.line-1 { --line: var(--line-1) } .line-2 { --line: var(--line-2) }
.line-3 { --line: var(--line-3) } .line-4 { --line: var(--line-4) }`

const rules = `*, ::before, ::after { box-sizing: border-box }
html { scroll-padding-top: 72px; -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--bg); color: var(--ink); font: 400 14px/22px var(--font-ui); letter-spacing: -0.003em; -webkit-font-smoothing: antialiased; overflow-wrap: break-word }
h1, h2, h3, h4, p, dl, dd, ul, ol, figure, blockquote, pre { margin: 0 }
h1, h2, h3, h4 { text-wrap: balance }
h1 { font: 640 30px/38px var(--font-ui); letter-spacing: -0.024em; margin-bottom: 12px }
h2 { font: 620 21px/28px var(--font-ui); letter-spacing: -0.016em; margin: 44px 0 14px; padding-top: 20px; border-top: 1px solid var(--hair) }
h3 { font: 600 15px/22px var(--font-ui); margin: 28px 0 10px }
h4 { font: 600 14px/20px var(--font-ui); margin: 20px 0 8px }
p + p, p + ul, p + ol, ul + p, ol + p { margin-top: 12px }
a { color: var(--accent-ink); text-decoration: underline; text-decoration-color: var(--edge); text-underline-offset: 3px }
a:hover { text-decoration-color: currentColor }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px }
main:focus { outline: none }
code, pre { font: 450 12.5px/20px var(--font-mono); letter-spacing: -0.01em; font-feature-settings: 'calt' 0 }
code { background: var(--hover); border-radius: 4px; padding: 1px 4px; overflow-wrap: anywhere }
pre code { background: none; padding: 0; overflow-wrap: normal }
b { font-weight: 600 }
ul, ol { padding-left: 22px } li + li { margin-top: 4px }
.quiet { color: var(--ink-3) }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.skip { position: absolute; left: -999px; top: 8px; background: var(--raised); padding: 8px 12px; border-radius: 6px; z-index: 9 } .skip:focus { left: 8px }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer }
[hidden] { display: none !important }

.bar { position: sticky; top: 0; z-index: 5; display: flex; align-items: center; gap: 14px; height: 56px; padding: 0 20px; background: color-mix(in oklab, var(--bg) 88%, transparent); backdrop-filter: blur(10px); border-bottom: 1px solid var(--hair) }
.brand { display: flex; align-items: center; gap: 10px; font-weight: 620; font-size: 15px; color: var(--ink); text-decoration: none; min-width: 0 } .brand span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.mark { width: 26px; height: 26px; fill: none; flex: none } .mark-line { stroke: var(--accent); stroke-width: 3; stroke-linecap: round } .mark-ring { fill: var(--bg); stroke: var(--accent); stroke-width: 2.4 }
.search-open { margin-left: auto; display: flex; align-items: center; gap: 28px; height: 34px; padding: 0 8px 0 12px; border-radius: 8px; color: var(--ink-3); background: var(--surface); box-shadow: inset 0 0 0 1px var(--edge); font-size: 13px }
.search-open:hover { color: var(--ink) }
kbd { font: 500 11px/16px var(--font-mono); color: var(--ink-3); background: var(--group); border-radius: 4px; padding: 1px 6px; box-shadow: inset 0 0 0 1px var(--hair) }
.theme, .menu { height: 34px; border-radius: 8px; box-shadow: inset 0 0 0 1px var(--edge); background: var(--surface) } .theme { width: 34px; display: grid; place-items: center } .theme svg { width: 16px; height: 16px; fill: var(--ink-2) } .menu { padding: 0 12px; font-size: 13px; display: none }

.frame { display: grid; grid-template-columns: 264px minmax(0, 1fr) 208px; max-width: 1480px; margin: 0 auto }
.pages, .contents { position: sticky; top: 56px; align-self: start; max-height: calc(100dvh - 56px); overflow-y: auto; padding: 22px 12px 40px 20px; font-size: 13px; line-height: 18px; scrollbar-width: thin }
.contents { padding: 34px 20px 40px 8px }
.pages ul, .contents ul { list-style: none; padding: 0 } .pages li + li, .contents li + li { margin-top: 1px }
.pages ul ul { margin: 2px 0 6px 10px; padding-left: 8px; border-left: 1px solid var(--hair) }
.pages a, .contents a { display: flex; align-items: baseline; gap: 8px; padding: 5px 8px; border-radius: 6px; color: var(--ink-2); text-decoration: none } .pages a > span:last-child { min-width: 0; overflow-wrap: anywhere }
.pages a:hover, .contents a:hover { background: var(--hover); color: var(--ink) }
.pages a[aria-current] { background: var(--accent-tint); color: var(--accent-ink); font-weight: 550 }
.pages .method { min-width: 28px }
.nav-title { font: 500 11px/16px var(--font-ui); color: var(--ink-3); margin: 20px 0 6px; padding-left: 8px } .contents .nav-title { margin-top: 0 }
main { min-width: 0; padding: 30px 40px 80px }
.contents a { padding: 4px 8px; border-left: 2px solid var(--hair); border-radius: 0 } .contents a:hover { background: none; border-color: var(--accent) }
.trail { font-size: 12px; line-height: 16px; color: var(--ink-3); margin-bottom: 10px } .trail a { color: var(--ink-3) }
.lead { font-size: 17px; line-height: 26px; color: var(--ink-2); text-wrap: pretty; margin-bottom: 18px }
main > p, main > ul:not([class]), main > ol, blockquote, .note { max-width: 74ch }
.anchor { opacity: 0; margin-left: 8px; font-weight: 400; color: var(--ink-3); text-decoration: none } :is(h2, h3, h4):hover .anchor, .anchor:focus { opacity: 1 }
blockquote { font-size: 16px; line-height: 24px; color: var(--ink-2); padding-left: 16px; border-left: 3px solid var(--edge); margin: 14px 0 }
footer { margin-top: 64px; padding-top: 16px; border-top: 1px solid var(--hair); font-size: 12px; line-height: 18px; color: var(--ink-3) } footer a { color: var(--ink-2) }

.facts { display: grid; gap: 1px; background: var(--hair); border-radius: 12px; overflow: hidden; box-shadow: 0 0 0 1px var(--hair); margin: 16px 0 } .facts div { display: grid; grid-template-columns: 118px minmax(0, 1fr); gap: 12px; background: var(--surface); padding: 8px 14px } .facts dt { color: var(--ink-3); font-size: 13px } 
.badge { display: inline-block; font: 550 11px/18px var(--font-ui); letter-spacing: 0; border-radius: 5px; padding: 0 6px; white-space: nowrap; max-width: 100%; overflow: hidden; text-overflow: ellipsis; vertical-align: middle }
.badge.quiet { color: var(--ink-2); box-shadow: inset 0 0 0 1px var(--edge) } .badge.info { color: var(--accent-ink); background: var(--accent-tint) }
.badge.ok { color: var(--ok-ink); background: var(--ok-tint) } .badge.warn { color: var(--warn-ink); background: var(--warn-tint) } .badge.bad { color: var(--bad-ink); background: var(--bad-tint) } .badge.draft { color: var(--draft-ink); background: var(--draft-tint) }
.note { padding: 10px 14px; border-radius: 10px; margin: 12px 0; background: var(--group); color: var(--ink-2) } .note.bad { background: var(--bad-tint); color: var(--bad-ink) } .note.warn { background: var(--warn-tint); color: var(--warn-ink) } .note code { background: none }
.method { font: 600 11px/16px var(--font-mono); letter-spacing: 0; flex: none; text-transform: uppercase } .pages .method { font-size: 9.5px } h1 .method { font-size: 16px; vertical-align: 4px; padding: 4px 8px; border-radius: 6px; background: var(--hover) }
.method.reads { color: var(--ok-ink) } .method.writes { color: var(--accent-ink) } .method.removes { color: var(--bad-ink) } .method.queries { color: var(--draft-ink) }
.station { color: inherit; text-decoration: none; white-space: nowrap } .station::before { content: ''; display: inline-block; width: 12px; height: 4px; border-radius: 2px; background: var(--line); margin-right: 6px; vertical-align: middle; flex: none } a.station:hover { text-decoration: underline } td .station { color: var(--ink-2); font-size: 12.5px; margin-right: 10px }
.pages a.station { align-items: center; white-space: normal } .pages a.station::before { margin-right: 0 }

.wide { overflow-x: auto; margin: 12px 0; border-radius: 12px; background: var(--surface); box-shadow: 0 0 0 1px var(--hair), 0 1px 2px var(--shadow) }
table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 20px } th { text-align: left; font: 500 11px/16px var(--font-ui); color: var(--ink-3); padding: 9px 14px; background: var(--group); white-space: nowrap } td { padding: 8px 14px; vertical-align: top; border-top: 1px solid var(--hair); min-width: 84px } td:first-child { min-width: 150px }
.fields td:first-child { white-space: nowrap } .fields td:first-child code { background: none; padding: 0; font-weight: 550 } .fields td:nth-child(2) { color: var(--ink-3); font: 450 12px/20px var(--font-mono); white-space: nowrap } .fields td:nth-child(3) { min-width: 220px; color: var(--ink-2) } .used { min-width: 160px }
.depth-1 { padding-left: 30px } .depth-2 { padding-left: 46px } .depth-3 { padding-left: 62px } .depth-4 { padding-left: 78px } .depth-5, .depth-6 { padding-left: 94px }
tr:target td { background: var(--accent-tint) } tr.missing td { background: repeating-linear-gradient(45deg, var(--bad-tint) 0 4px, transparent 4px 9px) }
.glyph { width: 14px; height: 14px; fill: none; stroke-width: 1.5; stroke-linecap: round; vertical-align: -2px; margin-right: 4px } .g-ok { fill: var(--ok-fill) } .g-tick { stroke: var(--surface) } .g-ok-line { stroke: var(--ok-fill) } .g-warn { fill: var(--warn-fill) } .g-warn-line { stroke: var(--warn-ink) } .g-bad-line { stroke: var(--bad-ink) }

.code { position: relative; margin: 10px 0; border-radius: 12px; background: var(--surface); box-shadow: 0 0 0 1px var(--hair), 0 1px 2px var(--shadow) } .code pre { overflow: auto; max-height: 460px; padding: 14px 16px; border-radius: 12px } .copy { position: absolute; top: 8px; right: 8px; font-size: 12px; line-height: 24px; padding: 0 9px; border-radius: 6px; color: var(--ink-2); background: var(--raised); box-shadow: inset 0 0 0 1px var(--edge) } .copy:hover { color: var(--ink) }
.c-k { color: var(--code-k) } .c-s { color: var(--code-s) } .c-n { color: var(--code-n) }
.tab-name { font: 550 13px/20px var(--font-ui); margin-top: 12px } .tab-note { font-size: 13px; line-height: 20px; color: var(--ink-2); margin-top: 6px }
.tab-list { display: flex; flex-wrap: wrap; gap: 2px; border-bottom: 1px solid var(--hair); margin-top: 12px } .tab-list button { padding: 6px 12px; font-size: 13px; line-height: 20px; color: var(--ink-2); border-radius: 6px 6px 0 0; max-width: 26ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap } .tab-list button[aria-selected='true'] { color: var(--accent-ink); font-weight: 550; box-shadow: inset 0 -2px 0 var(--accent) }

.cards { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 14px; margin: 14px 0 } .cards > li { margin: 0 } .card { position: relative; background: var(--surface); border-radius: 14px; padding: 16px 18px; box-shadow: 0 0 0 1px var(--hair), 0 1px 2px var(--shadow); color: var(--ink-2); font-size: 13px; line-height: 20px } .card[class*='line-'] { padding-top: 22px } .card[class*='line-']::before { content: ''; position: absolute; inset: 0 18px auto; height: 4px; border-radius: 0 0 4px 4px; background: var(--line) }
.card a { color: var(--ink); text-decoration: none } .card > a::after { content: ''; position: absolute; inset: 0; border-radius: 14px } .card:hover { box-shadow: 0 0 0 1px var(--edge), 0 6px 18px -8px var(--shadow) } .card-title { font-weight: 600; font-size: 14px } .card p { margin-top: 4px } .card-badges { display: flex; flex-wrap: wrap; gap: 4px; margin-top: 10px !important }
.operations { grid-template-columns: minmax(0, 1fr); gap: 0; background: var(--surface); border-radius: 14px; box-shadow: 0 0 0 1px var(--hair), 0 1px 2px var(--shadow); overflow: hidden } .operations .card { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, auto) auto; gap: 12px; align-items: baseline; box-shadow: none; border-radius: 0; background: none; padding: 9px 18px } .operations .card + .card { border-top: 1px solid var(--hair) } .operations .card:hover { background: var(--hover) } .operations .card p { margin: 0 !important } .operations .card > a { display: flex; gap: 12px; align-items: baseline } .operations .method { min-width: 52px } .operations .card code { background: none; color: var(--ink-3) } .operations .card > a::after { border-radius: 0 }

.journey-line { margin: 24px 0 8px; padding: 12px 0 4px } .journey-line ol { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); list-style: none; padding: 0; position: relative } .journey-line li { position: relative; margin: 0; padding: 26px 6px 0; text-align: center; font-size: 13px; line-height: 18px } .journey-line li a { color: var(--ink); text-decoration: none } .journey-line li a:hover { text-decoration: underline }
.journey-line li::before { content: ''; position: absolute; top: 7px; left: 0; right: 0; height: 4px; background: var(--line) } .journey-line li:first-child::before { left: 50% } .journey-line li:last-child::before { right: 50% } .journey-line li::after { content: ''; position: absolute; top: 0; left: calc(50% - 9px); width: 18px; height: 18px; border-radius: 50%; background: var(--bg); border: 4px solid var(--line) } .journey-line li.gap::after { border-color: var(--bad-fill); background: radial-gradient(circle, var(--bad-fill) 0 3px, var(--bg) 3.5px) }
.feeling { display: block; width: 100%; height: 56px; margin-bottom: 6px; overflow: visible } .feeling path { fill: none; stroke: var(--line); stroke-width: 2; opacity: 0.55 }
.screen { width: min(100%, 340px); margin: 4px 0 14px; background: var(--surface); border-radius: 14px; overflow: hidden; box-shadow: 0 0 0 1px var(--hair), 0 1px 2px var(--shadow) } .screen img, .state img { display: block; max-width: 100%; height: auto } .screen p { padding: 14px }
.wire { display: block; width: 100%; background: var(--surface) } .w1 { fill: var(--hair) } .w2 { fill: var(--edge) } .w3 { fill: var(--accent); opacity: 0.5 } .wire.loading .wire-body, .wire.timeout .wire-body, .wire.error .wire-body { opacity: 0.45 } .wire.loading :is(.w2, .w3) { fill: var(--hair) } .hole-ground { fill: var(--bad-tint) } .hole-stripe { fill: var(--bad-fill); opacity: 0.45 } .hole { stroke: var(--bad-fill); stroke-width: 0.7 } .banner { fill: var(--surface); stroke: var(--bad-fill); stroke-width: 0.9 } .banner-dot { fill: var(--bad-fill) } .clock { fill: var(--surface); stroke: var(--ink-3); stroke-width: 1.6 } .hand { fill: none; stroke: var(--ink-3); stroke-width: 1.6; stroke-linecap: round } .cut { fill: var(--surface); stroke: var(--warn-ink); stroke-width: 0.8; stroke-dasharray: 3 2 }
.states { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(204px, 1fr)); gap: 14px; margin: 12px 0 } .states > li { margin: 0 } .state { background: var(--surface); border-radius: 14px; overflow: hidden; box-shadow: 0 0 0 1px var(--hair), 0 1px 2px var(--shadow); font-size: 13px; line-height: 19px; padding-bottom: 12px } .state p { padding: 0 14px; margin-top: 6px } .state .wire { border-bottom: 1px solid var(--hair); height: 108px; background: var(--group) } .state-name code { float: right; background: none; color: var(--ink-3); font-size: 11px } .state-more { color: var(--ink-2); font-size: 12px } .state-calls { display: block; margin-top: 6px } .state-calls code { font-size: 11px } .state-seen { display: block; margin-top: 6px; font-weight: 550 } .state-seen.ok { color: var(--ok-ink) } .state-seen.bad { color: var(--bad-ink) }
.state.missing { box-shadow: 0 0 0 1.5px var(--bad-fill) } .chip { display: inline-block; font: 550 11px/18px var(--font-ui); border-radius: 5px; padding: 0 6px } .chip.designed { color: var(--ok-ink); background: var(--ok-tint) } .chip.inherited { color: var(--ink-2); box-shadow: inset 0 0 0 1px var(--edge) } .chip.missing { color: var(--bad-ink); background: var(--bad-tint) } .chip.cannot-happen { color: var(--ink-3) }
.budget { margin: 14px 0; max-width: 680px } .budget svg { width: 100%; height: auto } .budget text { font: 400 10px/1 var(--font-ui); fill: var(--ink-2) } .budget .ms { fill: var(--ink-3) } .budget .within { fill: var(--ok-fill) } .budget .over { fill: var(--bad-fill) } .budget .limit { stroke: var(--ink); stroke-width: 1.5; fill: none }

dialog { border: 0; padding: 0; width: min(640px, calc(100vw - 24px)); margin-top: 10vh; border-radius: 14px; background: var(--raised); color: var(--ink); box-shadow: 0 0 0 1px var(--hair), 0 24px 64px -16px oklch(0% 0 0 / 0.5) } dialog::backdrop { background: oklch(20% 0.02 272 / 0.4) } dialog input { font: 400 16px/24px var(--font-ui); color: inherit; width: 100%; border: 0; background: none; padding: 16px 20px; outline: none; border-bottom: 1px solid var(--hair) } .found { list-style: none; padding: 6px; margin: 0; max-height: 56vh; overflow-y: auto } .found li { margin: 0 } .found a { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 10px; align-items: baseline; padding: 8px 14px; border-radius: 8px; color: inherit; text-decoration: none } .found a:hover, .found a.chosen { background: var(--accent-tint) } .found b { font-weight: 550 } .found span { color: var(--ink-3); font-size: 12px } .found-none { padding: 16px 20px; color: var(--ink-3) }

@media (max-width: 1180px) { .frame { grid-template-columns: 248px minmax(0, 1fr) } .contents { display: none } }
@media screen and (max-width: 820px) {
  .frame { display: block } main { padding: 20px 16px 60px } .bar { padding: 0 12px; gap: 10px } .menu:not([hidden]) { display: block } .search-open kbd { display: none } .search-open { padding: 0 12px }
  .scripted .pages { display: none } .scripted .pages.open { display: block } .pages { position: static; max-height: none; border-bottom: 1px solid var(--hair); padding: 12px }
  h1 { font-size: 25px; line-height: 32px } .facts div { grid-template-columns: minmax(0, 1fr); gap: 2px }
  .journey-line ol { grid-auto-flow: row } .journey-line li { text-align: left; padding: 0 0 14px 32px } .journey-line li::before { top: 8px; bottom: -8px; left: 7px !important; right: auto !important; width: 4px; height: auto } .journey-line li:last-child::before { display: none } .journey-line li::after { left: 0 } .feeling { display: none }
  .operations .card { grid-template-columns: minmax(0, 1fr); gap: 2px }
  .fields thead { display: none } .fields tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; border-top: 1px solid var(--hair); padding: 8px 0 } .fields td { border: 0; min-width: 0 !important; padding-top: 2px; padding-bottom: 2px; white-space: normal !important } .fields td:nth-child(n + 3) { grid-column: 1 / -1 } .fields td:empty { display: none }
}
@media (prefers-reduced-motion: no-preference) { a, button, .card { transition: background-color 140ms, box-shadow 140ms, color 140ms } }
@media print {
  :root, :root[data-theme] { color-scheme: light } @page { margin: 14mm } body { background: #fff; font-size: 10pt } .bar, .pages, .contents, .copy, .anchor, .skip, .tab-list, .trail, footer { display: none !important } .frame { display: block } main { padding: 0 1px } h2 { margin-top: 24px; padding-top: 14px } a { text-decoration: none }
  .tab[hidden] { display: block !important } .tab-name { display: block !important } .code pre { max-height: none; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 8pt; line-height: 1.4; padding: 8px 12px } .facts { margin: 10px 0 } .facts div { padding: 4px 12px; break-inside: avoid }
  .wide { overflow: visible } table { font-size: 9pt; line-height: 13pt } th, td { padding-top: 5px; padding-bottom: 5px; padding-right: 8px; white-space: normal !important; overflow-wrap: break-word } td code, .station { white-space: normal } .badge { white-space: normal; overflow: visible }
  .state, .card, tr, .screen, figure, svg { break-inside: avoid } h1, h2, h3, h4, .tab-name, thead { break-after: avoid } p, li { orphans: 3; widows: 3 } * { print-color-adjust: exact }
}`

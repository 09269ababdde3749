// Drawn by hand on a board of 96 by 96, so that the shop loads no picture and has none to lose.
const drawings = {
  carrots: `
    <path fill="#4f8a4b" d="M46 36C40 24 41 13 45 6c3 8 5 15 4 26 2-10 6-18 13-23-1 10-4 19-11 28zM42 37C33 31 29 23 29 15c7 4 12 11 14 20zM53 38c6-8 13-12 20-12-3 7-9 12-18 14z"/>
    <path fill="#e8833a" d="M37 38c5-4 12-3 15 1 1 17-5 36-12 51-6-14-10-36-3-52z"/>
    <path fill="#f09a4f" d="M52 39c5-3 11 0 13 5-2 15-11 31-21 43 6-14 9-31 8-48z"/>
    <path fill="#d9722b" d="M37 38c-6-1-11 3-12 8 1 14 6 29 13 40-4-16-5-33-1-48z"/>
    <g stroke="#b95a1c" stroke-width="1.5" stroke-linecap="round" fill="none"><path d="M38 50h6M37 62h5M57 52l5 1M29 55h4M52 64l4 1M40 74h3"/></g>`,
  tomatoes: `
    <path fill="none" stroke="#5a7d3a" stroke-width="3" stroke-linecap="round" d="M14 22c22-6 46-5 68 2"/>
    <circle cx="31" cy="48" r="19" fill="#d8432f"/><circle cx="65" cy="50" r="20" fill="#e2553d"/><circle cx="47" cy="70" r="17" fill="#c93a28"/>
    <path fill="#5a8a3e" d="M31 34c-5-1-9 1-11 4 4-1 6 0 8 2l3-4 3 4c2-2 5-3 8-2-2-3-6-5-11-4zM65 35c-5-1-9 1-11 4 4-1 6 0 8 2l3-4 3 4c2-2 5-3 8-2-2-3-6-5-11-4zM47 58c-4-1-7 1-9 3 3 0 5 1 6 2l3-3 3 3c1-1 3-2 6-2-2-2-5-4-9-3z"/>
    <path fill="none" stroke="#5a7d3a" stroke-width="2.5" stroke-linecap="round" d="M31 35V23M65 36V22M47 59V22"/>
    <g fill="#fff" opacity=".35"><ellipse cx="22" cy="46" rx="3" ry="6"/><ellipse cx="55" cy="48" rx="3" ry="6"/><ellipse cx="39" cy="70" rx="2.5" ry="5"/></g>`,
  berries: `
    <path fill="#6e9a55" d="M58 22c6-10 16-12 24-10-1 9-8 16-20 16zM40 20C35 11 27 8 19 9c1 9 8 15 18 16z"/>
    <g fill="#4a5aa8"><circle cx="30" cy="44" r="14"/><circle cx="66" cy="46" r="15"/><circle cx="38" cy="70" r="14"/></g>
    <g fill="#5d6dbd"><circle cx="48" cy="36" r="14"/><circle cx="63" cy="72" r="13"/></g><circle cx="49" cy="56" r="13" fill="#3d4b93"/>
    <g fill="#2d3874"><path d="M30 38l2 3 4 0-3 3 1 4-4-2-4 2 1-4-3-3 4 0zM66 40l2 3 4 0-3 3 1 4-4-2-4 2 1-4-3-3 4 0zM48 30l2 3 4 0-3 3 1 4-4-2-4 2 1-4-3-3 4 0zM38 65l2 3 4 0-3 3 1 4-4-2-4 2 1-4-3-3 4 0zM63 67l2 3 4 0-3 3 1 4-4-2-4 2 1-4-3-3 4 0z"/></g>`,
  lemons: `
    <path fill="#6b9a4b" d="M52 20c4-10 14-14 25-11-1 9-9 15-22 15z"/><path fill="none" stroke="#5a7d3a" stroke-width="2.5" d="M50 28c0-4 2-8 6-10" stroke-linecap="round"/>
    <path fill="#f3cf3e" d="M22 50c0-15 12-24 27-24 12 0 18 5 22 12l6 4c2 2 2 4 0 6l-4 4c-3 13-13 22-26 22-15 0-25-10-25-24z"/>
    <path fill="#e6bb2a" d="M30 66c6 7 14 9 22 7 10-2 17-9 20-19 3 16-10 27-24 27-8 0-14-6-18-15z" opacity=".65"/>
    <circle cx="67" cy="71" r="17" fill="#f8e58c"/><circle cx="67" cy="71" r="17" fill="none" stroke="#e9c233" stroke-width="3.5"/>
    <g fill="#f2d24c"><path d="M67 69l-5-9a10 10 0 0 1 10 0zM69 70l5-9a10 10 0 0 1 6 9zM69 72h11a10 10 0 0 1-6 9zM67 73l5 9a10 10 0 0 1-10 0zM65 72l-5 9a10 10 0 0 1-6-9zM65 70H54a10 10 0 0 1 6-9z"/></g>`,
  bread: `
    <path fill="#b5722f" d="M12 60c0-20 16-34 37-34s35 14 35 32c0 12-9 18-20 18H31c-11 0-19-5-19-16z"/>
    <path fill="#cf9248" d="M17 57c1-16 14-27 32-27s30 11 30 25c0 8-7 11-15 11H33c-9 0-16-2-16-9z"/>
    <g fill="none" stroke="#f5deb2" stroke-width="5" stroke-linecap="round"><path d="M31 58c-1-8 1-14 6-20M47 60c-1-9 1-16 6-23M63 58c0-7 1-12 4-17"/></g>
    <g fill="#fff" opacity=".5"><circle cx="26" cy="50" r="1.2"/><circle cx="42" cy="45" r="1.2"/><circle cx="58" cy="48" r="1.2"/><circle cx="72" cy="52" r="1.2"/><circle cx="40" cy="62" r="1.2"/></g>`,
  eggs: `
    <ellipse cx="34" cy="43" rx="13" ry="17" fill="#e9c7a2"/><ellipse cx="62" cy="43" rx="13" ry="17" fill="#f3dcc2"/><ellipse cx="48" cy="46" rx="13" ry="17" fill="#d9ab7e"/>
    <path fill="#7d8b95" d="M10 52c5-2 8 4 12 4s7-5 12-5 8 5 14 5 8-5 14-5 8 5 12 5 7-6 12-4l-6 26c-1 4-3 6-7 6H23c-4 0-6-2-7-6z"/>
    <path fill="#6a7781" d="M15 74h66l-1 4c-1 4-3 6-7 6H23c-4 0-6-2-7-6z"/>
    <g fill="#fff" opacity=".4"><ellipse cx="29" cy="37" rx="2.5" ry="5"/><ellipse cx="57" cy="37" rx="2.5" ry="5"/><ellipse cx="43" cy="39" rx="2.5" ry="5"/></g>`,
  milk: `
    <path fill="#e8e2d0" d="M28 36l8-14h26l8 14v46a5 5 0 0 1-5 5H33a5 5 0 0 1-5-5z"/><path fill="#cfc6ac" d="M36 22h26v-8a3 3 0 0 0-3-3H39a3 3 0 0 0-3 3z"/>
    <path fill="#d6cdb4" d="M62 22l8 14v46a5 5 0 0 1-5 5h-7V36z"/>
    <path fill="#5f9170" d="M28 46h30v26H28z"/><path fill="#4d7c5e" d="M58 46h12v26H58z"/>
    <path fill="#f5eecf" d="M43 67V54c-3 0-5-2-5-5 3 0 5 2 5 5 0-3 2-5 5-5 0 3-2 5-5 5 3 1 5 3 5 6-3 0-5-2-5-4-1 3-3 4-5 4 0-3 2-5 5-6"/>`,
  cheese: `
    <path fill="#f0c24b" d="M10 58l60-30c9 5 15 14 16 26v4z"/><path fill="#e0ac33" d="M10 58h76v18a4 4 0 0 1-4 4H14a4 4 0 0 1-4-4z"/>
    <path fill="#b8862b" d="M70 28c9 5 15 14 16 26l-6-1c-1-11-6-19-14-23z" opacity=".6"/>
    <g fill="#c48f22"><ellipse cx="30" cy="69" rx="7" ry="5"/><circle cx="56" cy="66" r="4"/><ellipse cx="73" cy="72" rx="5" ry="4"/></g><g fill="#d9a52e"><ellipse cx="54" cy="47" rx="7" ry="4"/><ellipse cx="70" cy="50" rx="4" ry="2.5"/></g>`,
  coffee: `
    <path fill="#3f5f58" d="M26 26h44l4 54a6 6 0 0 1-6 6H28a6 6 0 0 1-6-6z"/><path fill="#345049" d="M58 26h12l4 54a6 6 0 0 1-6 6h-7z"/>
    <path fill="#2b433d" d="M26 26l3-12h38l3 12z"/><path fill="#c9a36b" d="M40 11h16v8H40z"/>
    <circle cx="46" cy="56" r="17" fill="#f1e3c8"/>
    <g fill="#6b4226"><ellipse cx="46" cy="56" rx="8" ry="11" transform="rotate(28 46 56)"/></g><path d="M50 46c-5 5-3 9-5 12s-3 4-4 8" fill="none" stroke="#f1e3c8" stroke-width="2" stroke-linecap="round"/>`,
  honey: `
    <path fill="#e3a02f" d="M24 40c0-5 3-7 6-8h36c3 1 6 3 6 8v36c0 6-4 10-10 10H34c-6 0-10-4-10-10z"/><path fill="#c9841d" d="M60 32h6c3 1 6 3 6 8v36c0 6-4 10-10 10h-6c4-2 6-5 6-10V40c0-4-1-6-2-8z"/>
    <path fill="#7a5a3a" d="M27 18h42a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3H27a3 3 0 0 1-3-3v-9a3 3 0 0 1 3-3z"/>
    <path fill="#fbf0d8" d="M24 48h48v24H24z"/><path fill="#e3a02f" d="M48 51l7 4v9l-7 4-7-4v-9z"/><path fill="#fbf0d8" d="M48 55l4 2.3v5L48 65l-4-2.7v-5z"/>`,
  oil: `
    <path fill="#7e8f3a" d="M42 34c-8 6-12 12-12 22v24a6 6 0 0 0 6 6h24a6 6 0 0 0 6-6V56c0-10-4-16-12-22z"/><path fill="#6a7a2e" d="M54 34c8 6 12 12 12 22v24a6 6 0 0 1-6 6h-7c4-1 6-3 6-7V56c0-10-2-16-7-22z"/>
    <path fill="#8d9c46" d="M42 18h12v18H42z"/><path fill="#4c3b2a" d="M41 9h14v11H41z"/><path fill="#f6efd9" d="M30 56h36v20H30z"/>
    <path fill="#6f8434" d="M40 66c4-6 9-7 14-5-2 6-8 9-14 5z"/><circle cx="56" cy="69" r="3.5" fill="#4f5f22"/><path d="M36 71c5-6 11-9 20-10" fill="none" stroke="#55652a" stroke-width="1.5" stroke-linecap="round"/>`,
  tulips: `
    <g fill="none" stroke="#4f8a4b" stroke-width="3.5" stroke-linecap="round"><path d="M48 90V42M46 88C40 74 31 62 27 48M50 88c6-14 15-26 19-40"/></g>
    <path fill="#5d9a57" d="M47 84c-10-4-18-13-20-24 11 3 18 11 20 24zM51 84c9-5 15-13 17-23-10 3-16 11-17 23z"/>
    <path fill="#d7507a" d="M35 22c4 2 6 5 7 8 2-6 4-10 6-14 3 4 5 8 6 14 1-3 4-6 7-8 3 14-3 24-13 24s-16-10-13-24z"/>
    <path fill="#e98a3d" d="M13 34c3 1 6 3 7 6 1-5 2-9 4-13 3 3 6 7 7 11 1-2 3-5 6-6 3 11-1 20-9 22-9 1-15-8-15-20z"/>
    <path fill="#f0b93f" d="M59 32c3 1 5 4 6 6 1-4 4-8 7-11 2 4 3 8 4 13 1-3 4-5 7-6 0 12-6 21-15 20-8-2-12-11-9-22z"/>
    <path fill="#b93c63" d="M48 16c3 4 5 8 6 14-1 7-3 12-6 16-3-4-5-9-6-16 2-6 4-10 6-14z" opacity=".55"/>`,
}
const bag = `<path fill="#b99a6b" d="M22 34h52l5 48a5 5 0 0 1-5 5H22a5 5 0 0 1-5-5z"/><path fill="none" stroke="#8a6d41" stroke-width="4" d="M35 44V28a13 13 0 0 1 26 0v16"/>`

const icons = {
  card: '<path d="M3 6h18v12H3zM3 10h18M6 15h4"/>',
  bank: '<path d="M4 9l8-5 8 5zM6 10v7M10 10v7M14 10v7M18 10v7M4 19h16"/>',
  invoice: '<path d="M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6"/>',
  voucher: '<path d="M3 7h18v3a2 2 0 0 0 0 4v3H3v-3a2 2 0 0 0 0-4zM14 7v10"/>',
}

/** The drawing of a product, or a paper bag for a name we have no drawing of. Only for the eyes: the name stands beside it. */
export function picture(name) {
  const known = Object.hasOwn(drawings, name)
  const ground = document.createElement('span')
  ground.className = `picture ${known ? name : 'bag'}`
  ground.append(drawn(known ? drawings[name] : bag, 96))
  return ground
}

/** A small sign for a way to pay. */
export function icon(kind) {
  if (!Object.hasOwn(icons, kind)) return null
  const sign = drawn(icons[kind], 24)
  sign.classList.add('icon')
  return sign
}

function drawn(shapes, size) {
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" aria-hidden="true">${shapes}</svg>`
  return document.importNode(
    new DOMParser().parseFromString(text, 'image/svg+xml').documentElement,
    true,
  )
}

/**
 * An element from a tag, its properties and its children. Children that are null, undefined, false, NaN or
 * objects that are no nodes are left out: strange data never shows as `undefined` or `[object Object]`.
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value)
    else made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(
    ...children
      .flat(4)
      .filter(isShowable)
      .map((child) => (child instanceof Node ? child : String(child))),
  )
  return made
}

const isShowable = (child) =>
  child instanceof Node ||
  (typeof child === 'string' && child !== '') ||
  (typeof child === 'number' && !Number.isNaN(child))

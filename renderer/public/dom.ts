type Attributes = { readonly [name: string]: string | boolean | ((event: Event) => void) | undefined }

/** An element with its attributes, listeners (`onclick`) and children. Text is text: nothing is ever parsed as markup. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string | null | false)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  for (const child of children) if (child !== null && child !== false) element.append(child)
  return element
}

/** The last part of this page's address: the token that was printed on paper. */
export const pageToken = (): string => location.pathname.split('/')[2] ?? ''

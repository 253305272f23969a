type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element with what it contains, each on a line of its own. */
export function element(
  name: string,
  attributes: Attributes,
  content: readonly string[] = [],
): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) =>
      value === undefined ? [] : [` ${key}="${escapeXml(String(value))}"`],
    )
    .join('')
  if (content.length === 0) return `<${name}${written}/>`
  const inner = content.join('\n').replaceAll(/^(?=<)/gm, '  ')
  return `<${name}${written}>\n${inner}\n</${name}>`
}

export const textElement = (name: string, attributes: Attributes, text: string): string =>
  element(name, attributes, [`<text>${escapeXml(text)}</text>`])

const entities: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
}
/** Signs that XML cannot hold are left out. */
export const escapeXml = (text: string): string =>
  text
    .replaceAll(/[<>&"]/g, (sign) => entities[sign] as string)
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')

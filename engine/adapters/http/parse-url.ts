/** The http or https URL, else null. (`URL.parse` is missing in Node 20.) */
export function parseHttpUrl(address: string, base?: URL): URL | null {
  if (!URL.canParse(address, base)) return null
  const url = new URL(address, base)
  return /^https?:$/.test(url.protocol) ? url : null
}

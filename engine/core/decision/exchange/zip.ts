interface Entry {
  readonly name: string
  readonly size: number
  readonly stored: Uint8Array<ArrayBuffer>
  readonly deflated: boolean
}

/**
 * The bytes that an archive holds when unpacked; more than `most` are not counted out. Null where it is no archive, is
 * damaged, or holds another number than its directory says: a small file may unpack to gigabytes.
 */
export async function unpackedSize(
  bytes: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<number | null> {
  const entries = entriesOf(bytes)
  if (entries === null) return null
  const size = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (size > most) return size
  for (const entry of entries) if (!(await holdsItsSize(entry))) return null
  return size
}

/** The texts of some entries of an archive whose size is known to be bearable, by name. */
export async function unpackedTexts(
  bytes: Uint8Array<ArrayBuffer>,
  wanted: (name: string) => boolean,
): Promise<readonly (readonly [name: string, text: string])[]> {
  const texts: (readonly [string, string])[] = []
  for (const entry of entriesOf(bytes) ?? [])
    if (wanted(entry.name)) texts.push([entry.name, await new Response(unpacked(entry)).text()])
  return texts
}

const [stored, deflated] = [0, 8]

/** What the directory names; null where it does not fit the file. */
function entriesOf(bytes: Uint8Array<ArrayBuffer>): readonly Entry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  if (end === null) return null
  const count = view.getUint16(end + 10, true)
  const entries: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) return null
    const method = view.getUint16(at + 10, true)
    const local = view.getUint32(at + 42, true)
    if (local + 30 > view.byteLength || (method !== stored && method !== deflated)) return null
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    const packed = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((of) =>
      view.getUint16(at + of, true),
    )
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)),
      size,
      stored: bytes.subarray(from, from + packed),
      deflated: method === deflated,
    })
    at += 46 + name + extra + comment
  }
  return entries
}

function unpacked({ stored: content, deflated: packed }: Entry): ReadableStream<Uint8Array> {
  const stream = new Blob([content]).stream()
  return packed ? stream.pipeThrough(new DecompressionStream('deflate-raw')) : stream
}

/** Unpacks an entry and forgets it, up to the first byte too many. */
async function holdsItsSize(entry: Entry): Promise<boolean> {
  const { size } = entry
  if (!entry.deflated) return entry.stored.byteLength === size
  const reader = unpacked(entry).getReader()
  let held = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return held === size
      held += value.byteLength
      if (held > size) return false
    }
  } catch {
    return false
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** The record at the end of the file, behind which only a comment of at most 65,535 bytes may stand. */
function endOfDirectory(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= first; at -= 1)
    if (view.getUint32(at, true) === 0x06054b50) return at
  return null
}

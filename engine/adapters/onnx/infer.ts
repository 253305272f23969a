import { openSession, type OnnxSession } from '#engine/adapters/onnx/session.ts'

export interface Inference {
  /** Names the file's content: the same hash, the same session. */
  readonly hash: string
  /** The ONNX file, in memory that threads share. */
  readonly file: Uint8Array
  /** Name of the input that takes the row. */
  readonly input: string
  readonly row: Float32Array
}

const sessions = new Map<string, Promise<OnnxSession>>()

/** Runs one row; a session opens at first use and stays open. @returns every output by name */
export async function infer({ hash, file, input, row }: Inference) {
  let session = sessions.get(hash)
  if (session === undefined) {
    session = openSession(new Uint8Array(file))
    sessions.set(hash, session)
    // A file that failed to load may have been mended by the next attempt.
    session.catch(() => sessions.delete(hash))
  }
  return (await session).run(input, row)
}

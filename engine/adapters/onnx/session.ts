import type { InferenceSession } from 'onnxruntime-node'

export interface OnnxSession {
  /** Runs one row. @returns every output by name */
  run(input: string, row: Float32Array): Promise<Readonly<Record<string, Float32Array>>>
}

const options: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  // Rows come one by one and the models are small: more threads would only wait for each other.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
}

/** Opens an ONNX file. The runtime is loaded with the first one: a flow without models never pays for it. */
export async function openSession(bytes: Uint8Array): Promise<OnnxSession> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node')
  const session = await InferenceSession.create(bytes, options)
  return {
    async run(input, row) {
      const outputs = await session.run({ [input]: new Tensor('float32', row, [1, row.length]) })
      return Object.fromEntries(
        Object.entries(outputs).map(([name, tensor]) => [name, tensor.data as Float32Array]),
      )
    },
  }
}

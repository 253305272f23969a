const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** What each sealed value is bound to: moved to another row it no longer opens. */
export const places = {
  journal: (tenant: string, run: string, seq: number) => `journal/${tenant}/${run}/${seq}`,
  snapshot: (tenant: string, run: string, seq: number) => `snapshot/${tenant}/${run}/${seq}`,
  value: (tenant: string, caseNumber: number, id: string) => `value/${tenant}/${caseNumber}/${id}`,
  task: (tenant: string, task: string) => `task/${tenant}/${task}`,
  item: (tenant: string, effect: string, item: number) => `item/${tenant}/${effect}/${item}`,
  answer: (tenant: string, key: Uint8Array) => `answer/${tenant}/${hex(key)}`,
  /** Sealed as secrets are, which binds them to the tenant. */
  message: (place: Uint8Array) => `message/${hex(place)}`,
  bulk: (id: string) => `bulk/${id}`,
  blob: (tenant: string, hash: string) => `blob/${tenant}/${hash}`,
} as const

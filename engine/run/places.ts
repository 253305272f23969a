/** What each sealed value is bound to: moved to another row it no longer opens. */
export const places = {
  journal: (tenant: string, run: string, seq: number) => `journal/${tenant}/${run}/${seq}`,
  snapshot: (tenant: string, run: string, seq: number) => `snapshot/${tenant}/${run}/${seq}`,
  value: (tenant: string, caseNumber: number, id: string) => `value/${tenant}/${caseNumber}/${id}`,
  task: (tenant: string, task: string) => `task/${tenant}/${task}`,
  blob: (tenant: string, hash: string) => `blob/${tenant}/${hash}`,
} as const

/** Why a branch went where it went, for the trace. */
export const because = (
  taken: { readonly id: string; readonly name: string } | undefined,
  cases: number,
): string => {
  if (taken) return taken.name || taken.id
  return cases === 0 ? 'there is no case' : 'no case was met'
}

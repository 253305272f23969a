import { useEffect, useState } from 'react'

/** The time in ms, renewed every `every` ms while `active`: for durations that grow on the screen. */
export function useNow(every: number, active = true): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!active) return
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every, active])
  return now
}

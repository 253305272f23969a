import { useSyncExternalStore } from 'react'
import type { Observable } from '../document/observable.ts'

/** A narrow reading of a store; `select` must give the same object for the same state. */
export const useObservable = <T, S>(
  store: Pick<Observable<T>, 'get' | 'subscribe'>,
  select: (value: T) => S,
): S => useSyncExternalStore(store.subscribe, () => select(store.get()))

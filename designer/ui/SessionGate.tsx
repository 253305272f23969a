import { useEffect, useState, type ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { onUnauthorized } from '../api/http.ts'
import { openedWithToken, SignIn } from './SignIn.tsx'

/** Shows the app to who has a session, and the sign-in to who has none or has lost it. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient()
  const [signedIn, setSignedIn] = useState(!openedWithToken)
  useEffect(() => onUnauthorized(() => setSignedIn(false)), [])
  if (signedIn) return children
  return (
    <SignIn
      onSignedIn={() => {
        client.clear()
        setSignedIn(true)
      }}
    />
  )
}

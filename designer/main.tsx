import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ApiError } from './api/http.ts'
import { router } from './routes.tsx'
import { SessionGate } from './ui/SessionGate.tsx'
import { cssVariables, theme } from './ui/theme.ts'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      staleTime: 2_000,
      retry: (count, error) => !(error instanceof ApiError && error.status !== 0) && count < 2,
    },
  },
})

const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        deduplicateInlineStyles
      >
        <QueryClientProvider client={client}>
          <Notifications position="bottom-right" limit={4} />
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )

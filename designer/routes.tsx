import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { AppFrame } from './ui/AppFrame.tsx'
import { NotFound } from './ui/NotFound.tsx'
import { PageError } from './ui/PageError.tsx'
import { PagePending } from './ui/PagePending.tsx'

const root = createRootRoute({ component: AppFrame, notFoundComponent: NotFound })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/flows' })
  },
})
const flows = createRoute({
  getParentRoute: () => root,
  path: '/flows',
  component: lazyRouteComponent(() => import('./flows/FlowsPage.tsx'), 'FlowsPage'),
})
const flow = createRoute({
  getParentRoute: () => root,
  path: '/flows/$flowId',
  component: lazyRouteComponent(() => import('./flows/FlowPage.tsx'), 'FlowPage'),
})
const decisions = createRoute({
  getParentRoute: () => root,
  path: '/decisions',
  component: lazyRouteComponent(() => import('./decisions/DecisionsPage.tsx'), 'DecisionsPage'),
})
const decision = createRoute({
  getParentRoute: () => root,
  path: '/decisions/$decisionId',
  component: lazyRouteComponent(() => import('./decisions/DecisionPage.tsx'), 'DecisionPage'),
})
const models = createRoute({
  getParentRoute: () => root,
  path: '/models',
  component: lazyRouteComponent(() => import('./models/ModelsPage.tsx'), 'ModelsPage'),
})
const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  component: lazyRouteComponent(() => import('./runs/RunsPage.tsx'), 'RunsPage'),
})
const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('./runs/RunPage.tsx'), 'RunPage'),
})
const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  component: lazyRouteComponent(() => import('./tasks/TasksPage.tsx'), 'TasksPage'),
})
const task = createRoute({
  getParentRoute: () => root,
  path: '/tasks/$taskId',
  component: lazyRouteComponent(() => import('./tasks/TaskPage.tsx'), 'TaskPage'),
})
const sandbox = createRoute({
  getParentRoute: () => root,
  path: '/sandbox',
  component: lazyRouteComponent(() => import('./sandbox/SandboxPage.tsx'), 'SandboxPage'),
})
const connections = createRoute({
  getParentRoute: () => root,
  path: '/connections',
  component: lazyRouteComponent(
    () => import('./connections/ConnectionsPage.tsx'),
    'ConnectionsPage',
  ),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    flows,
    flow,
    decisions,
    decision,
    models,
    runs,
    run,
    tasks,
    task,
    sandbox,
    connections,
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageError,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

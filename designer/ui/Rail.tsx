import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import {
  IconActivity,
  IconBrain,
  IconChecklist,
  IconFlask2,
  IconGitBranch,
  IconLogout,
  IconMoon,
  IconPlugConnected,
  IconSun,
  IconTable,
  type Icon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { signOut } from '../api/session.ts'
import { t } from './messages.ts'
import styles from './Rail.module.css'

const places = [
  { to: '/flows', label: t('flows'), icon: IconGitBranch },
  { to: '/decisions', label: t('decisions'), icon: IconTable },
  { to: '/models', label: t('models'), icon: IconBrain },
  { to: '/runs', label: t('runs'), icon: IconActivity },
  { to: '/tasks', label: t('tasks'), icon: IconChecklist },
] as const
const settings = [
  { to: '/sandbox', label: t('sandbox'), icon: IconFlask2 },
  { to: '/connections', label: t('connections'), icon: IconPlugConnected },
] as const

function Place({ to, label, icon: PlaceIcon }: { to: string; label: string; icon: Icon }) {
  return (
    <Tooltip label={label} position="right">
      <Link
        to={to}
        className={styles['place']}
        activeProps={{ 'data-active': true, 'aria-current': 'page' }}
        aria-label={label}
      >
        <PlaceIcon size={20} stroke={1.6} />
      </Link>
    </Tooltip>
  )
}

export function Rail() {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const next = scheme === 'dark' ? 'light' : 'dark'
  const label = next === 'dark' ? t('toDark') : t('toLight')
  return (
    <nav className={styles['rail']} aria-label={t('navigation')}>
      <Link to="/flows" className={styles['mark']} aria-label={t('product')}>
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden>
          <rect width="32" height="32" rx="8" fill="var(--mantine-color-blue-7)" />
          <path
            d="M8 22V10l8 7 8-7v12"
            fill="none"
            stroke="#fff"
            strokeWidth="3"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      </Link>
      {places.map((place) => (
        <Place key={place.to} {...place} />
      ))}
      <div className={styles['gap']} />
      {settings.map((place) => (
        <Place key={place.to} {...place} />
      ))}
      <Tooltip label={label} position="right">
        <ActionIcon size={40} aria-label={label} onClick={() => setColorScheme(next)}>
          {next === 'dark' ? (
            <IconMoon size={20} stroke={1.6} />
          ) : (
            <IconSun size={20} stroke={1.6} />
          )}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('signOut')} position="right">
        <ActionIcon
          size={40}
          aria-label={t('signOut')}
          onClick={() => void signOut().finally(() => window.location.assign('/'))}
        >
          <IconLogout size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </nav>
  )
}

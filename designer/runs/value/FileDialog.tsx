import { Button, Group, Modal } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { blobUrl } from '../../api/blobs.ts'
import { t } from '../messages.ts'
import { sizeText, type FileRef } from './file-ref.ts'
import { FilePreview } from './FilePreview.tsx'

export interface FileDialogProps {
  readonly file: FileRef
  readonly onClose: () => void
}

export function FileDialog({ file, onClose }: FileDialogProps) {
  return (
    <Modal opened onClose={onClose} title={file.name} size="xl">
      <FilePreview file={file} height="62vh" />
      <Group justify="space-between" mt="sm">
        <span className="num">
          {file.type} · {sizeText(file.size)}
        </span>
        <Button
          component="a"
          href={blobUrl(file.blob)}
          download={file.name}
          variant="default"
          leftSection={<IconDownload size={14} />}
        >
          {t('download')}
        </Button>
      </Group>
    </Modal>
  )
}

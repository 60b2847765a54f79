import { Button, FileButton } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from './result-editor';

type Detector = { detect: (image: ImageBitmap) => Promise<{ rawValue: string }[]> };
const detectorOf = (): Detector | null => {
  const found = (globalThis as { BarcodeDetector?: new () => Detector }).BarcodeDetector;
  return found ? new found() : null;
};

/** Reads a QR or bar code from a photo where the browser can; a hand scanner types into the field by itself. */
export function CodeCamera({ onFound }: { onFound: (code: string) => void }) {
  const { t } = useTranslation();
  const [isUnread, setUnread] = useState(false);
  const [detector] = useState(detectorOf);
  if (!detector) return null;
  const read = async (file: File | null) => {
    if (!file) return;
    const codes = await detector.detect(await createImageBitmap(file)).catch(() => []);
    setUnread(codes.length === 0);
    if (codes[0]) onFound(codes[0].rawValue);
  };
  return (
    <>
      <FileButton accept="image/*" capture="environment" onChange={(file) => void read(file)}>
        {(props) => (
          <Button {...props} size="compact-xs" variant="default" leftSection={<IconQrcode size={14} />}>
            {t('checklists.result.scan')}
          </Button>
        )}
      </FileButton>
      {isUnread && <Refusal text={t('checklists.result.unread')} />}
    </>
  );
}

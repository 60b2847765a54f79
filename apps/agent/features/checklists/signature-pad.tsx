import { api } from '@/api';
import { Button, Group } from '@mantine/core';
import { useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';
import { Refusal, type Given } from './result-editor';

type Props = { refusal: string | undefined; onSave: (given: Given) => void; onCancel: () => void };
const [WIDTH, HEIGHT] = [520, 200];

/** A signature drawn by finger, pen or mouse; kept as a picture. */
export function SignaturePad({ refusal, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isEmpty, setEmpty] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const draw = (event: PointerEvent<HTMLCanvasElement>, isBegin: boolean) => {
    const context = canvas.current?.getContext('2d');
    if (!context || (!isBegin && event.buttons === 0)) return;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [
      ((event.clientX - box.left) / box.width) * WIDTH,
      ((event.clientY - box.top) / box.height) * HEIGHT,
    ];
    if (isBegin) {
      event.currentTarget.setPointerCapture(event.pointerId);
      Object.assign(context, { lineWidth: 3, lineCap: 'round', lineJoin: 'round', strokeStyle: '#10233f' });
      context.beginPath();
      context.moveTo(x, y);
      return;
    }
    context.lineTo(x, y);
    context.stroke();
    setEmpty(false);
  };
  const clear = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, WIDTH, HEIGHT);
    setEmpty(true);
  };
  const save = () =>
    canvas.current?.toBlob((blob) => {
      if (!blob) return;
      setBusy(true);
      api
        .upload(new File([blob], `${t('checklists.result.signature')}.png`, { type: 'image/png' }))
        .then(({ id }) => onSave({ fileIds: [id] }))
        .catch((error: Error) => setFailure(error.message))
        .finally(() => setBusy(false));
    });
  return (
    <>
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        className={classes.pad}
        role="img"
        aria-label={t('checklists.result.place.signature')}
        onPointerDown={(event) => draw(event, true)}
        onPointerMove={(event) => draw(event, false)}
      />
      {(failure ?? refusal) && <Refusal text={failure ?? refusal ?? ''} />}
      <Group gap={6}>
        <Button size="compact-xs" disabled={isEmpty} loading={isBusy} onClick={save}>
          {t('checklists.result.save')}
        </Button>
        <Button size="compact-xs" variant="default" disabled={isEmpty} onClick={clear}>
          {t('checklists.result.clear')}
        </Button>
        <Button size="compact-xs" variant="subtle" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
      </Group>
    </>
  );
}

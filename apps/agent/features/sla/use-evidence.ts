import { api } from '@/api';
import type { StoredFile } from '@opora/client';
import { useState } from 'react';

/** Files on their way to the server and those that have arrived. */
export function useEvidence() {
  const [files, setFiles] = useState<StoredFile[]>([]);
  const [waiting, setWaiting] = useState(0);
  const [problem, setProblem] = useState<Error | null>(null);
  const add = async (chosen: File[]) => {
    setProblem(null);
    setWaiting((count) => count + chosen.length);
    for (const file of chosen) {
      try {
        const stored = await api.upload(file);
        setFiles((all) => [...all, stored]);
      } catch (error) {
        setProblem(error as Error);
      } finally {
        setWaiting((count) => count - 1);
      }
    }
  };
  const remove = (id: string) => setFiles((all) => all.filter((file) => file.id !== id));
  return { files, isBusy: waiting > 0, problem, add, remove };
}

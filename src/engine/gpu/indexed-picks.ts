/** The tuner's picks in IndexedDB, one record per adapter. Where the browser keeps no data, nothing is remembered. */
import { z } from '../schema.ts';
import type { PickStore } from './tuner.ts';

const database = 'pretraining-playground tuning';
const table = 'picks';
const picksSchema = z.record(z.string(), z.object({ kernels: z.array(z.string()), ms: z.array(z.number()) }));

export function indexedPicks(): PickStore {
  return {
    async read(adapter) {
      const record = await inTable('readonly', (store) => store.get(adapter)).catch(() => undefined);
      return picksSchema.safeParse(record).data ?? {};
    },
    async write(adapter, picks) {
      await inTable('readwrite', (store) => store.put(picks, adapter)).catch(() => undefined);
    },
  };
}

async function inTable(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(table);
  const opened = (await settled(opening)) as IDBDatabase;
  try {
    return await settled(act(opened.transaction(table, mode).objectStore(table)));
  } finally {
    opened.close();
  }
}

function settled(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

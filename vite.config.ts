import { defineConfig } from 'vitest/config';
export default defineConfig({ base: './', test: { include: ['src/**/*.test.ts'], env: { VK_ICD_FILENAMES: '/usr/lib/chromium/vk_swiftshader_icd.json', XDG_RUNTIME_DIR: '/tmp' }, pool: 'forks', maxWorkers: 2 } });

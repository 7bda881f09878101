/** Types of environment.mjs for the configuration files. */
export function findChromium(): string | undefined;
export function vulkanEnvironment(): Record<string, string>;
export function halfEnvironment(): Record<string, string>;
export function nodeFlags(): string[];

export type paths = Record<string, any>;

// JSON Schema as the engine draws forms with it.

export interface Option {
  value: string;
  title: string;
  hint?: string;
}

/** One field of an action's form: JSON Schema with our three additions. */
export interface FieldSchema {
  type?: string | string[];
  'x-widget'?: string;
  'x-title'?: string;
  'x-hint'?: string;
  'x-options'?: Option[];
  'x-lead'?: boolean;
  'x-told'?: boolean;
  'x-post-kind'?: string;
  /** Only posts that somebody holds. */
  'x-held'?: boolean;
  'x-places'?: string[];
  'x-criteria'?: string;
  'x-listed'?: string[];
  const?: string | true;
  'x-unit'?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number | string;
  maximum?: number | string;
  enum?: string[];
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  required?: string[];
}

export interface FormSchema {
  type: 'object';
  properties?: Record<string, FieldSchema>;
  required?: string[];
}

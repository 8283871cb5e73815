import tseslint from 'typescript-eslint';
import vue from 'eslint-plugin-vue';

export default tseslint.config(
  { ignores: ['**/dist/**', 'node_modules/**', 'shared/api/generated/schema.d.ts'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      // A style attribute in a template breaks the Content-Security-Policy, and raw HTML the trust in residents' texts.
      'vue/no-static-inline-styles': ['error', { allowBinding: false }],
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      'no-console': 'error',
      // The portal's router is a handful of one-line components in one file.
      'vue/one-component-per-file': 'off',
      'vue/require-prop-types': 'off',
    },
  },
  {
    // Lists of words and the scripts that print to a terminal.
    files: ['shared/words/**', 'mock/**', 'tests/*.mjs', 'tests/**/*.mjs'],
    rules: { 'max-lines': 'off', 'no-console': 'off' },
  },
);

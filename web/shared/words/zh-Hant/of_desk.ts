import desk from './desk';
import shared from './shared';

export default { ...shared, ...desk };

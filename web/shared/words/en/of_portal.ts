import portal from './portal';
import shared from './shared';

export default { ...shared, ...portal };

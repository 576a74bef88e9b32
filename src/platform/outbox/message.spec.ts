import { declaredMessages, declareMessage } from './message.js';

const render = () => ({ subject: '件名', body: '本文' });

describe('declareMessage', () => {
  it('makes a kind known, of middling urgency and without a code', () => {
    const message = declareMessage('spec.plain', '試し', render);
    expect(message).toEqual({ kind: 'spec.plain', label: '試し', codePurpose: null, priority: 5, render });
    expect(declaredMessages().get('spec.plain')).toBe(message);
  });

  it('keeps the purpose of its code and its urgency', () => {
    const message = declareMessage('spec.code', '試し', render, { codePurpose: 'sign-in', priority: 0 });
    expect(message).toMatchObject({ codePurpose: 'sign-in', priority: 0 });
  });

  it('refuses a kind that is declared already, and keeps the first', () => {
    const first = declareMessage('spec.twice', '試し', render);
    expect(() => declareMessage('spec.twice', '試し', render)).toThrow('spec.twice is declared twice');
    expect(declaredMessages().get('spec.twice')).toBe(first);
  });
});

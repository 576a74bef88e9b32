import { townInAddress } from './town-text.js';

describe('townInAddress', () => {
  it.each([
    ['神宮前', '神宮前'],
    ['以下に掲載がない場合', ''],
    ['小菅村の次に１〜６６３番地がくる場合', ''],
    ['琴平町の次に１〜４２６番地がくる場合（川東）', ''],
    ['松川村一円', ''],
    // A place of that name in Shiga, and one in Nagasaki that begins like a remark.
    ['一円', '一円'],
    ['以下宿町', '以下宿町'],
    ['大通西（１〜１９丁目）', '大通西'],
    ['葛巻（第４０地割「５７番地１２５、１７６を除く」〜第４５地割）', '葛巻'],
    ['霞が関霞が関ビル（１階）', '霞が関霞が関ビル'],
    ['種市（第１５地割', '種市'],
    ['越中畑６４地割〜越中畑６６地割', '越中畑'],
    ['穴明２２地割、穴明２３地割', '穴明'],
    ['井道、奥井道、内井道', ''],
    ['', ''],
  ])('makes of %s: %s', (listed, written) => {
    expect(townInAddress(listed)).toBe(written);
  });
});

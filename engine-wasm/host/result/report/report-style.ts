/** The looks of a report: both themes, a phone and a sheet of A4. Nothing is fetched, so nothing has to be there. */
export const reportStyle = `
:root{color-scheme:light dark;--ground:#fbf8f3;--raised:#f4efe6;--strong:#1f1a14;--ink:#3a332a;--soft:#5a5146;--line:#ddd4c5;--accent:#8f4d00;--gain:#08695a;--loss:#a82844;--warn:#7a5300}
@media screen and (prefers-color-scheme:dark){:root{--ground:#14110e;--raised:#1b1713;--strong:#f7f1e7;--ink:#ddd4c6;--soft:#b3a999;--line:#332c24;--accent:#f2aa45;--gain:#45c4ab;--loss:#f58497;--warn:#e6c35a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:14px/1.5 "Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem;display:flex;flex-direction:column;gap:2rem}
h1,h2,h3,p,dl,dd,figure,ul,ol{margin:0;padding:0}
h1{font-size:20px;color:var(--strong);overflow-wrap:anywhere}
h2{font-size:16px;color:var(--strong);padding-bottom:.5rem}
h3{font-size:14px;color:var(--strong);padding-bottom:.25rem}
section{min-width:0}
.verdict{font-size:20px;line-height:1.4;max-width:52ch}
.verdict strong{color:var(--strong)}
.soft{color:var(--soft)}
.wrap{overflow-wrap:anywhere}
.gain{color:var(--gain)}.loss{color:var(--loss)}.warn{color:var(--warn)}
.stack{display:flex;flex-direction:column;gap:.75rem}
.basics{display:grid;grid-template-columns:repeat(auto-fill,minmax(10rem,1fr));gap:1rem 1.5rem;border-block:1px solid var(--line);padding-block:1rem}
.basics dd{font-size:18px;font-weight:500;color:var(--strong)}
.few{color:var(--soft)!important}
.lights{list-style:none;border-top:1px solid var(--line)}
.lights li{border-bottom:1px solid var(--line);padding:.5rem 0;display:grid;grid-template-columns:5.5rem 1fr;gap:.25rem 1rem}
.lights b{font-weight:600}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));gap:1.5rem 2.5rem}
.basics small{display:block;font-size:12px;font-weight:400;line-height:1.4}
.pairs{display:grid;grid-template-columns:minmax(6rem,1fr) minmax(0,auto)}
.pairs>*{border-top:1px solid var(--line);padding:.3rem 0}
.pairs dd{text-align:right;color:var(--strong);overflow-wrap:anywhere}
.dangers{list-style:none;max-width:72ch}
.plan{padding-left:1.25rem;max-width:72ch}
.plan li{padding-bottom:.4rem;overflow-wrap:anywhere}
.hash{font-family:"JetBrains Mono Variable",ui-monospace,monospace;font-size:12px;overflow-wrap:anywhere}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{text-align:right;padding:.3rem .5rem;white-space:nowrap;font-weight:400}
thead th{color:var(--soft);font-weight:500}
tbody tr,tfoot tr{border-top:1px solid var(--line)}
th:first-child,td:first-child{text-align:left;padding-left:0}
td.words,th.words{text-align:left}
figcaption{color:var(--soft);font-size:13px}
svg{display:block;width:100%;min-width:40rem;height:auto}
.legend{padding-right:.75rem}
svg text{font-size:11px;fill:var(--soft)}
.grid{stroke:var(--line);stroke-width:1}
.money{fill:none;stroke:var(--accent);stroke-width:1.75}
.held{fill:none;stroke:var(--soft);stroke-width:1;stroke-dasharray:4 3}
.sea{fill:var(--loss);fill-opacity:.25;stroke:var(--loss);stroke-width:1}
.up{fill:var(--gain)}.down{fill:var(--loss)}.flat{fill:var(--soft)}
svg .cell{fill:var(--strong)}
.swatch{display:inline-block;width:1.25rem;vertical-align:middle;margin-right:.25rem;border-top:2px solid var(--accent)}
.swatch.dashed{border-top:1px dashed var(--soft)}
a{color:inherit}
@media print{@page{size:A4;margin:14mm}
body{font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{max-width:none;padding:0;gap:1.25rem}
.scroll{overflow:visible}svg{min-width:0}
.columns{display:block;columns:2;column-gap:2rem}.columns h3{padding-top:.5rem}.pairs>*{break-inside:avoid}
table{font-size:7.5pt}th,td{padding:.15rem .25rem}.trades table{font-size:6.25pt}.trades th,.trades td{padding:.1rem .15rem}
figure,tr,.lights li,.basics>div{break-inside:avoid}
h2,h3{break-after:avoid}
thead{display:table-header-group}}
`

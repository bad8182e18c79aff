import { launch, open } from './browser.mjs';
const b = await launch();
for (const p of process.argv.slice(2)) { const {page}=await open(b,p,{width:718,height:1047}); await page.emulateMedia({media:'print'});
 await page.screenshot({path:'/tmp/cityw/a/print.png', fullPage:true});
 const h=await page.evaluate(()=>document.documentElement.scrollHeight);
 const pdf=await page.pdf({preferCSSPageSize:true,tagged:true}); console.log(p, pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length, h); await page.context().close(); }
await b.close();

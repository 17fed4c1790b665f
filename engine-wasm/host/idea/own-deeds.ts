import type { Language } from "./languages/language.ts"
import type { DeclineReason } from "./reply.ts"

/** What only the person does, on its own screen: money, keys, bots and limits are never the chat's. */
export const ownDeeds = ["position", "bot", "live", "limit", "key"] as const
export type OwnDeed = (typeof ownDeeds)[number]

/** Each in the words of six languages, as they are once folded: lower case, without accents. */
const patterns: Record<OwnDeed, RegExp> = {
  key: new RegExp(
    [
      String.raw`\b(use|take|store|save|read|show|enter|here is|connect with)\b (my|the|this) ([\w-]+ ){0,2}keys?\b`,
      String.raw`^(please )?(withdraw|transfer|send)\b`,
      String.raw`\b(connect|link|log ?in)\b.{0,12}\b(my|to) ([\w-]+ ){0,2}(account|exchange|wallet|binance|bybit|coinbase)\b`,
      String.raw`\b(nutze|nimm|verwende|benutze|zeige?)\b mein\w* ([\w-]+ )?(schlussel|keys?)\b|\bverbinde?\b.{0,20}\bkonto\b`,
      String.raw`\b(usa|utiliza|muestra|guarda)\b mi ([\w-]+ )?(clave|llave)|\bconecta\b.{0,20}\bcuenta\b`,
      String.raw`\b(utilise|prends|montre|garde)\b ma (cle)\b|\bconnecte\b.{0,20}\bcompte\b`,
      String.raw`\b(use|utilize|mostre|guarde)\b (a )?minha ([\w-]+ )?chave|\bconecte\b.{0,20}\bconta\b`,
      "(用|使用|保存)我的(密钥|私钥|api|key)|(连接|登录)我的(账户|账号|交易所)",
      String.raw`\b(auszahl\w*|abheb\w*|uberweis\w*|retirar?|saca(r)?|transfier\w*|retire[rz]?|vire[rz]?|saque|sacar)\b.{0,20}\b(geld|guthaben|dinero|fondos|saldo|argent|fonds|dinheiro|usdt|btc|euros?)\b|(提现|转账|取出)`,
    ].join("|"),
  ),
  limit: new RegExp(
    [
      String.raw`\b(remove|delete|disable|turn off|switch off|drop|lift|bypass|ignore|get rid of|take away|take off|cancel|no more)\b.{0,20}\b(loss|losses|risk|account)( \w+)? (limits?|cap)\b`,
      String.raw`\b(remove|disable|turn off|switch off|lift|raise|increase|change|bypass)\b.{0,24}\b(account('s)? limits?|limits? (on|of) (the|my) account|kill ?switch)\b`,
      String.raw`\b(entfern\w*|losche?|schalte?|deaktivier\w*|hebe?|nimm|streiche?)\b.{0,30}(verlustlimit|verlustgrenze|tagesverlust)`,
      String.raw`\b(quita|elimina|desactiva|borra|suprime)\w*\b.{0,24}\blimites? de perdidas?`,
      String.raw`\b(enleve|supprime|retire|desactive)\w*\b.{0,24}\blimites? de pertes?`,
      String.raw`\b(remov|tir|desativ|apag|elimin)\w*\b.{0,24}\blimites? de perdas?`,
      "(取消|删除|去掉|移除|关闭|解除).{0,10}(亏损|损失)(限制|上限|限额)",
    ].join("|"),
  ),
  live: new RegExp(
    [
      String.raw`\b(start|begin) trading\b|\btrade (it |this |that )?for me\b`,
      String.raw`\b(go|goes|going|start|run|put|switch|turn|take|set|deploy|launch|activate|enable|trade)\b.{0,30}\b(live(?! (price|candle|data|chart))|real money|real account|for real)\b`,
      String.raw`\b(geh\w*|starte?|schalte?|stelle?|setze?|lass|mach\w*|handle?)\b.{0,40}\b(live|echtgeld|echtem geld|scharf)\b`,
      String.raw`\b(inicia|arranca|pon|activa|ejecuta|lanza|empieza|opera|pasa)\w*\b.{0,40}\b(real|en vivo|en directo|live)\b`,
      String.raw`\b(lance|demarre|active|passe|mets?|trade)\w*\b.{0,40}\b(en reel|en direct|live|argent reel)\b`,
      String.raw`\b(inicie|inicia|ligue|ative|coloque|comece|rode|opere)\b.{0,40}\b(ao vivo|em real|em producao|dinheiro real|live|conta real)\b`,
      "(启动|开始|开启|上|切换到|运行|转).{0,6}实盘|实盘(运行|交易|启动)",
    ].join("|"),
  ),
  bot: new RegExp(
    [
      String.raw`^(please )?(start|deploy|launch|activate|stop|pause|resume|restart|shut down|turn off|turn on|kill|delete)( (the|my|this|all))*( (my|the))? (bots?|account)( now| please)*$`,
      String.raw`^(bitte )?(starte?|stoppe?|pausiere?|beende?|losche?)( (den|meinen|die|meine|alle))* (bots?|konto)( jetzt| bitte)*$`,
      String.raw`^(inicia|arranca|para|pausa|deten|borra)\w*( (el|mi|mis|los))* (bots?|cuenta)( ahora)?$`,
      String.raw`^(lance|demarre|arrete|pause|mets en pause|supprime)\w*( (le|mon|les|mes))* (bots?|robots?|compte)$`,
      String.raw`^(inicie|ligue|pare|pause|apague)( (o|meu|os|meus))* (bots?|robos?|conta)$`,
      "^(启动|停止|暂停|关闭|删除)(我的)?(机器人|账户)$",
    ].join("|"),
  ),
  position: new RegExp(
    [
      String.raw`^(please )?(close|sell|exit|liquidate|flatten|dump)( out)?( (all|of|my|our|the|every|any|open|current|existing|[a-z]{3,5}))+ (positions?|trades?|holdings?|bags?)( (on|at) \w+)?( now| please)*$`,
      String.raw`^(please )?(sell|close|liquidate|dump|cash out) (everything|all|it all|all of it)( (i have|i own))?( (on|in|at|from) (my )?([\w-]+ )?(account|exchange|wallet|portfolio|binance|bybit|kraken|coinbase)| (right )?now| immediately)+( please)?$`,
      String.raw`^(bitte )?(verkaufe?|schliesse?) alles( (auf|in|bei) (meinem?r? )?([\w-]+ ?)?(konto|borse|binance|bybit|kraken|coinbase)| jetzt| sofort)+$`,
      String.raw`^(vende|vender) todo( (en|de) (mi )?(cuenta|exchange|binance|bybit|kraken|coinbase)( de \w+)?| ahora| ya)+$`,
      String.raw`^(vends|vendre) tout( (sur|de) (mon )?(compte|binance|bybit|kraken|coinbase)( \w+)?| maintenant)+$`,
      String.raw`^(venda|vender) tudo( (na|da|no) (minha )?(conta|binance|bybit|kraken|coinbase)( da \w+)?| agora)+$`,
      "^(卖掉|卖出|清空).{0,8}(账户|账号|币安)(里的?)?(所有|全部)?.{0,4}$",
      String.raw`^(bitte )?(schliess\w*|verkauf\w*)( (alle|meine?n?|die|offenen?))+ (position|positionen)( (auf|bei) \w+)?( jetzt| bitte| sofort)*$`,
      String.raw`^(cierra|cerrar|vende)( (todas?|mis?|las?|posicion\w*))+( abiertas?)?( ahora| ya)?$`,
      String.raw`^(ferme|fermer|vends)( (toutes?|ma|mes|la|les|positions?))+( ouvertes?)?( maintenant)?$`,
      String.raw`^(feche|fechar|venda)( (todas?|minhas?|as?|posic\w+))+( abertas?)?( agora)?$`,
      "平(掉|仓).{0,4}(仓位|持仓|头寸)|^(现在|立即|马上)?(平仓|清仓)$",
    ].join("|"),
  ),
}

const shown: readonly OwnDeed[] = ["key", "limit", "live", "bot", "position"]

/** Which of the person's own deeds a folded sentence asks for; undefined where it asks for none. */
export function ownDeedIn(text: string): OwnDeed | undefined {
  const plain = text
    .replace(/[.!?。！？,]+/g, " ")
    .replace(/\s+/g, " ")
    .trim()
  return shown.find((deed) => patterns[deed].test(plain))
}

/** Why the chat does not do it, and where the person does. */
export function ownDeedWords(deed: OwnDeed, { says }: Language): { reason: DeclineReason; text: string } {
  const reason = deed === "key" ? "secrets" : "placesOrder"
  return { reason, text: says.own?.[deed] ?? says.decline[reason] }
}

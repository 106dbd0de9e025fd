//! Words of what can be seen on a screen, by language: closes and candles, breaks, levels, lows
//! and highs, averages, volume, funding, flows, news, liquidations, and days by their names.
//!
//! # How to write an entry
//!
//! Entries are parted by commas and compared without case. `*` at an end stands for any letters;
//! a word without it stands for itself; several words stand for themselves in a row. A letter
//! with a mark is met by the bare one too (`kapanis`), in words of five letters and more. An
//! entry in Han, Kana or Thai is met anywhere. All languages hold for every answer: traders mix
//! them.
//!
//! # False friends
//!
//! An entry must mean what can be seen in *every* language that spells a word so, and in the
//! sentences of somebody who has no reason. So there is no Turkish `haber`, `cuma`, `saat`, `mum`
//! (Spanish "to have", Indonesian "only" and "moment", English), no Indonesian `senin` (Turkish
//! "yours"), no German `hoch`, `tief`, `Schluss` ("geht hoch", "zutiefst", "dann ist Schluss"),
//! no French `plus haut` alone ("ça va plus haut"), no bare `bos` (Indonesian "boss"), no
//! `giờ` in Vietnamese ("không bao giờ"), no `box`, `trend`, `price`, `market`, `chart` ("the
//! trend is my friend", "the market will tell me"), and no word that only says up or down. What
//! is left of them stands in `but_not`, which is struck out of a sentence first.

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    /// Entries that name something that can be seen.
    pub(super) seen: &'static str,
    /// Entries that hold such a word and mean something else.
    pub(super) but_not: &'static str,
}

pub(super) const WORDS: &[Words] = &[
    // Numbers that are figures of speech: "100 % sure", "it's 50/50".
    Words {
        seen: "",
        but_not: "100 %, % 100, 110 %, 200 %, 1000 %, 50/50, 10/10, 24/7, 100 percent, 100 pct,
            100 prozent, 100 por ciento, 100 por cento, 100 pour cent",
    },
    // English, and what traders of every language write.
    Words {
        seen: "close, closes, closed, closing, candle*, wick*, engulf*, doji, pinbar, break,
            breaks, breaking, broke, broken, breakout*, breakdown*, fakeout*, deviat*, bounce*,
            reject*, retest*, reclaim*, retrac*, pullback*, sweep*, swept, undercut*,
            accepted below, accepted above, accepts below, accepts above, acceptance, gap, gaps,
            below the, below my, below that, below this, below last, below prior, below previous,
            above the, above that, above last, above prior, above previous, back under,
            back below, back above, back inside, back into, trades under, trades below,
            holds below, holds above, rolls over, roll over, breach*, pierce*, gives way,
            give way, prints, capitulat*, consolidat*, overbought, oversold, displacement,
            imbalance*, order block*, breaker, low, lows, high, highs, ath, atl, hod, lod, pdh,
            pdl, pwh, pwl, eqh, eql, hh, hl, lh, ll, choch, msb, mss, fvg, sfp, bos up, bos down,
            bos on, bos to, bos below, bos above, bos against, bullish bos, bearish bos, support,
            supports, resistance, range, level, levels, zone, zones, supply zone, demand zone,
            into supply, through supply, through demand, area supply, area demand, lewat supply,
            sideways, sideway, chops, choppy, structure, trendline*, neckline, double top,
            double bottom, head and shoulders, pivot, channel*, triangle*, wedge*, flag, flags,
            pennant*, bull trap, bear trap, inside bar, outside bar, cup and handle, volume, vwap,
            avwap, ema, emas, sma, smas, rsi, macd, atr, adx, obv, cvd, delta, poc, vah, fib,
            fibs, fibonacci, bollinger, ichimoku, kijun, tenkan, cloud, stoch*, value area, hvn,
            lvn, npoc, diverg*, crossover, crossunder, death cross, golden cross, moving average*,
            funding, open interest, oi up, oi down, oi flat, oi rise*, oi rising, oi fall*,
            oi drop*, oi climb*, oi spike*, oi build*, premium, basis, liquidat*, liquidity,
            squeeze*, bid, bids, spoof*, orderbook, order state, sell wall*, buy wall*, tape,
            spread, whale, whales, inflow*, outflow*, etf, etfs, dominance, dxy, spx, nasdaq,
            news, headline*, cpi, ppi, nfp, pce, gdp, fomc, fed, ecb, boj, earnings, rates, hike,
            hikes, rate hike*, rate cut*, inflation, yields, unemployment, halving, unlock,
            unlocks, listing, delist*, hack, hacked, hacks, exploit*, depeg*, bans, banned,
            ban on, tweet*, announce*, lawsuit*, payroll*, jobs report, powell, tariff*,
            downgrade*, contango, backwardation, skew, stopped out, stop loss, stoploss, stop hit,
            stop gets hit, stop is hit, hits my stop, below entry, below my entry, under entry,
            under my entry, above entry, above my entry, back to entry, back at entry,
            through my entry, monday*, tuesday*, wednesday*, thursday*, friday*, saturday*,
            sunday*, weekend*, daily, weekly, monthly, hourly, hour, hours, minutes, overnight,
            session, this week, next week, by tomorrow, by tonight, eod, eow, eom, asia open,
            london open, ny open, us open, cash open, market open",
        but_not: "close to, close friend*, close my, close it, close them, close enough, so close,
            close the trade, close the position, closed my, eyes closed, make or break, breaks my,
            take a break, need a break, me a break, break my, break me, high conviction,
            high confidence, high hope*, high probability, high chance*, high odds, high risk,
            high reward, high winrate, high win, high time, so high, high quality, low conviction,
            low risk, low chance*, low odds, low probability, feeling low, low key, support me,
            supports me, support my, my support, in the zone, comfort zone, some level,
            deep level, next level, another level, fed up, on cloud, daily basis, for hours,
            on the basis, basis of, regular basis, last minutes, good news, news to me, red flag*,
            telegram channel*, discord channel*, youtube channel*, signal channel*, prints money,
            premium group*, premium signal*, premium member*, buy the dip, buying the dip,
            buys the dip, bought the dip, buy low, sell high, no stop loss, without stop loss,
            no stoploss",
    },
    Words {
        // German
        seen: "tagesschluss*, wochenschluss*, monatsschluss*, stundenschluss*, kerzenschluss*,
            schlusskurs*, schluss unter*, schluss über*, schluss ober*, schließt, schliesst,
            *kerze, *kerzen, docht*, lunte*, bruch, bruchs, bricht, gebrochen, durchbruch*,
            durchbrech*, durchbricht, ausbruch*, fehlausbruch*, unterschreit*, unterschritt*,
            überschreit*, überschritt*, unterstützung*, unterstuetzung*, widerstand*, trendlinie*,
            trendkanal*, zonen, *kanal, *kanals, dreieck*, keil, keils, flagge, flaggen,
            bullenfalle*, bärenfalle*, sks, unterhalb, überkauft, überverkauft, seitwärts*,
            fällt unter, rutscht unter, kurs unter, bleibt unter, ausgestoppt, us eröffnung,
            handelsstart, börsenstart, zinsen, gegenbewegung, tagestief*, wochentief*,
            monatstief*, vortagestief*, jahrestief*, verlaufstief*, allzeittief*, tiefs,
            tiefpunkt*, neues tief, letztes tief, letzten tief*, unterm tief, unter dem tief,
            altes tief, alte tief, das tief, vom tief, tieferes tief, höheres tief, tageshoch*,
            wochenhoch*, monatshoch*, vortageshoch*, jahreshoch*, allzeithoch*, hochs, neues hoch,
            letztes hoch, letzten hoch*, altes hoch, alte hoch, das hoch, vom hoch, über dem hoch,
            überm hoch, tieferes hoch, höheres hoch, volumen, umsatz, umsätze, nachricht*,
            schlagzeile*, zinsentscheid*, leitzins*, zinserhöhung*, zinssenkung*, quartalszahlen,
            abflüsse, zuflüsse, liquidation*, rücksetzer*, ruecksetzer*, rebound*, abprall*,
            kurslücke*, orderbuch*, durchschnitt*, gleitend*, unter einstand*, unter einstieg*,
            unter meinem einstieg, montag*, dienstag*, mittwoch*, donnerstag*, freitag*, samstag*,
            sonntag*, wochenende*, stunden, stündlich*, tagesbasis, wochenbasis, diese woche,
            nächste woche, einer woche, bis morgen, bis heute abend",
        but_not: "seit stunden, seit vielen stunden, gute nachricht*, telegram kanal,
            youtube kanal, den kanal voll, auf basis, auf der basis",
    },
    Words {
        // Spanish
        seen: "cierre, cierres, cierra, cierran, cerró, rompe, rompen, rompa, rompan, rompió,
            romper, rotura*, ruptura*, quiebre*, perfora*, soporte*, resistencia*, mínimo,
            mínimos, máximo, máximos, volumen, noticia*, vela, velas, mecha, mechas, rango,
            financiación, financiamiento, media móvil, medias móviles, media de, directriz, canal,
            canales, triángulo*, bandera, cuña, trampa alcista, trampa bajista, trampa de toros,
            cabeza y hombros, hombro cabeza hombro, doble techo, doble suelo, por debajo de,
            por encima de, sobrecompra*, sobreventa*, suelo, techo, piso, tasas, tipos de interés,
            inflación, salta el stop, toca el stop, precio de entrada, lateral*, libro de órdenes,
            hackeo*, línea de tendencia, rebote*, rebota, rebotan, testeo, retesteo*, retroces*,
            divergencia*, liquidez, liquidac*, estructura, hueco, zona, nivel, niveles, apertura,
            sesión, ballena*, lunes, martes, miércoles, jueves, viernes, sábado, domingo, semanal,
            diario, mensual, horas, esta semana, próxima semana, fin de semana",
        but_not: "como mínimo, como máximo, al máximo, lo máximo, lo mínimo, el máximo respeto,
            otro nivel, cierra los ojos, la mínima idea, a todas horas, no tiene techo, sin techo,
            zona de confort, canal de telegram, canal de youtube, por encima de todo",
    },
    Words {
        // Portuguese
        seen: "fecha, fechar, fechamento*, fechando, fechou abaixo, fechou acima, fechou em,
            fechou fora, fechou dentro, rompimento*, rompeu, rompendo, suporte*, resistência*,
            fundo, fundos, topo, topos, mínima, mínimas, máxima, máximas, notícia*, pavio*,
            média de, média móvel, médias móveis, da média, na média, engolf*, engolindo,
            repique*, triângulo*, bandeira, cunha, armadilha de alta, ombro cabeça ombro,
            sobrecomprad*, sobrevendid*, abaixo da, abaixo do, acima da, acima do, região,
            baleia*, juros, inflação, copom, selic, preço médio, stopou, pega o stop,
            sombra superior, sombra inferior, reteste*, divergência*, liquidaç*, lta, ltb,
            linha de tendência, estrutura, abertura, nível, níveis, segunda feira, terça,
            quarta feira, quinta feira, sexta, sábado, domingo, semanal, diário, mensal,
            essa semana, semana que vem, fim de semana",
        but_not: "no fundo, lá no fundo, do fundo, eu topo, mínima ideia, mínima noção,
            confiança máxima, outro nível, zona de conforto, canal do telegram, canal do youtube",
    },
    Words {
        // French
        seen: "clôture*, ferme sous, ferme au, ferme en, cassure*, casse, cassent, cassé,
            rupture*, rompt, enfonce, enfoncé, support*, résistance*, le plus bas, un plus bas,
            du plus bas, au plus bas, plus bas de, dernier plus bas, nouveau plus bas,
            le plus haut, un plus haut, du plus haut, plus haut de, dernier plus haut,
            nouveau plus haut, mèche*, canal, canaux, triangle*, biseau, drapeau, tête épaules,
            double sommet, piège à, sous le, sous la, sous les, dessous du, suracheté, survendu,
            creux, sommet, plancher, plafond, taux, baleine*, prix d'entrée, stop touché, stoppé,
            latéral*, piratage*, bougie*, volumes, annonce*, actualité*, rebond*, retest*,
            réintègr*, réintégr*, divergence*, liquidité*, liquidation*, niveau, niveaux,
            moyenne mobile, moyennes mobiles, carnet, ouverture, séance, lundi, mardi, mercredi,
            jeudi, vendredi, samedi, dimanche, hebdo*, quotidien*, mensuel*, heures,
            cette semaine, semaine prochaine, week end",
        but_not: "ça passe ou ça casse, ca passe ou ca casse, casse toi, casse les, à mon niveau,
            autre niveau, depuis des heures, sous le charme, sous la main, sous la pression,
            canal telegram, canal youtube",
    },
    Words {
        // Italian
        seen: "chiusura*, chiude, chiudono, rompe, rompono, rottura*, supporto*, resistenza*,
            minimo, minimi, massimo, massimi, volumi, notizi*, candela*, candele, rimbalz*,
            divergenz*, liquidità, liquidazion*, media mobile, canale, triangolo*, bandiera,
            cuneo, doppio massimo, ipercomprato, ipervenduto, tassi, inflazione, balene,
            prezzo di ingresso, prezzo di carico, sfonda, medie mobili, struttura, livello,
            livelli, lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica, settimanale,
            giornaliera*, mensile, questa settimana, prossima settimana",
        but_not: "al massimo, come minimo, al minimo, il minimo dubbio, minimo dubbio,
            chiude gli occhi, altro livello, canale telegram, canale youtube",
    },
    Words {
        // Russian
        seen: "закрыти*, закроет*, закрыл*, закрыв*, закреп*, пробой, пробоя, пробое, пробоем,
            пробьет, пробьёт, пробит*, пробив*, пробил*, слом, слома, сломом, сломает*, сломал*,
            уровень, уровня, уровнем, уровню, уровни, уровней, поддержк*, сопротивлен*, лой, лоя,
            лои, лоев, лоу, хай, хая, хаи, хаев, минимум, минимума, минимумы, минимуме, максимум,
            максимума, максимумы, максимуме, объём*, новост*, фандинг*, свеч*, структур*,
            трендовая, трендовую, трендовой, линия тренда, линию тренда, канал, канала, каналу,
            каналом, треугольник*, флаг, флага, клин, клина, вымпел*, ловушк*, голова и плечи,
            двойная вершина, двойное дно, перекуплен*, перепродан*, зона, зоны, зоне, зону, зоной,
            дно, дна, вершин*, экстремум*, хвост*, фитил*, кит, киты, китов, приток*, отток*,
            повысят ставку, поднимут ставку, снизят ставку, снизит ставку, повысит ставку,
            инфляци*, открытие сша, открытии сша, открытие рынка, сесси*, безубыт*, точки входа,
            ниже входа, цены входа, твх, флэт, флэта, рси, макд, боллиндж*, взлом*, делистинг*,
            плотност*, уйдёт под, уходит под, провалится под, ретест*, отскок*, откуп*, выкуп*,
            откат, отката, ликвид*, имбаланс*, ренж*, рейндж*, диапазон*, боковик*, дивер*,
            стакан*, гэп, гэпа, гэпом, гэпы, ставку фрс, фрс, цб, отчёт*, скользящ*, машк*,
            выбьет стоп, стоп выбь*, понедельник*, вторник*, среду, среды, четверг*, пятниц*,
            суббот*, воскресень*, недельн*, дневка, дневке, дневку, дневки, днёвк*, дневное,
            дневная, дневной, дневную, дневного, часа, часов, часовое, часовая, часовой, часовую,
            часовике, часовика, за неделю, на неделе, этой неделе, до завтра, к завтрашн*,
            выходных, выходные",
        but_not: "как минимум, как максимум, по максимуму, на максимум, закрыв глаза, хай буде,
            хай щастить, сигнал из канала, телеграм канал*, тг канал*, зона комфорта,
            зоны комфорта, зоне комфорта, до дна, клин клином",
    },
    Words {
        // Ukrainian
        seen: "закриття*, закриє*, закрив*, закрил*, пробиття*, пробою, підтримк*, опору, опором,
            рівень, рівня, рівнем, обсяг*, новин*, свічк*, мінімум, мінімуму, мінімуми, максимуму,
            фандинг*, ліквід*, відскок*, вівторок, вівторка, середу, четвер, четверга, п'ятниц*,
            неділ*, понеділ*, денне, денний, денна, тижня, тижнев*",
        but_not: "як мінімум, як максимум",
    },
    Words {
        // Polish
        seen: "zamknięci*, zamknie, zamyka, wybici*, wybij*, przebici*, przebij*, złamani*,
            złamie, wsparci*, opór, oporu, dołek, dołka, dołki, dołkiem, szczyt, szczytu, szczyty,
            wolumen*, kanału, trójkąt*, flagi, klin, klina, stref*, knot, knota, sesj*,
            ceny wejścia, inflacj*, stóp procentowych, świec*, newsy, odbici*, struktur*,
            poniedział*, wtorek, wtorku, środa, środę, środy, czwartek, czwartku, piątek, piątku,
            sobot*, niedziel*, tygodniow*, dzienne, dzienny, dziennej, dziennym, dziennego,
            godzinow*",
        but_not: "mam dołka, strefa komfortu, strefy komfortu, strefie komfortu",
    },
    Words {
        // Dutch
        seen: "dagslot*, weekslot*, slotkoers*, sluit, steun, steunlijn, instap, rentebesluit*,
            renteverhoging*, renteverlaging*, inflatie, weerstand*, breekt, gebroken, doorbraak,
            doorbreekt, uitbraak, bodem, dieptepunt*, hoogtepunt*, nieuws, kaars*, maandag,
            kanaal, driehoek*, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag, uur,
            deze week, volgende week",
        but_not: "sluit mijn ogen, al uur",
    },
    Words {
        // Turkish
        seen: "kapanış*, kapatır, kapatırsa, kapatırken, kapattı, kapanır, kapanırsa, kırıl*,
            kırar*, kırdı*, kırıp, destek, desteği*, desteğin*, destekten, desteğe, direnç*,
            dirence, direnci*, dip, dibi, dibin, dibini, dibine, dipten, tepe, tepesi*, tepeyi,
            tepenin, tepeden, zirve*, hacim*, hacmi*, haberler*, haber gel*, haber düş*,
            kötü haber, haberi gel*, mumu, mumun, mumla, saatlik mum, günlük mum, haftalık mum,
            mum kapan*, mum kapat*, fonlama*, fitil*, likidite*, likidasyon*, uyumsuzlu*,
            ortalama*, trend çizgi*, trendi kır*, kanal, kanalı*, kanalın*, kanaldan, üçgen*,
            bayrak, flama, takoz, boğa tuzağı*, ayı tuzağı*, omuz baş omuz, obo, aşırı alım*,
            aşırı satım*, bölge*, balina*, iğne*, seans*, açılış*, giriş fiyat*, maliyet*,
            stop patla*, stop olur*, yatay*, altına sark*, altına in*, altında kal*, altına düş*,
            emir defter*, seviye*, faiz*, enflasyon*, tepki gel*, tepki ver*, saatlik, saatte,
            saat içinde, günlük, haftalık, aylık, pazartesi, salıya, çarşamba*, perşembe*, cumaya,
            cuma gün*, cumartesi*, hafta sonu, bu hafta, haftaya",
        but_not: "gözümü kapatır, gözümü kapattı, gözlerimi kapatır, kalbim kırıl*,
            tepeden tırnağa, başka seviye*, üst seviye*, günlük tutmak, telegram kanalı*,
            youtube kanalı*",
    },
    Words {
        // Chinese, in both forms
        seen: "收盘,收盤,收线,收線,收在,收于,收於,收破,收上,收不,日线,日線,日k,周线,週線,周k,週k,
            月线,月線,小时,小時,分钟,分鐘,k线,k線,阳线,陽線,阴线,陰線,上影,下影,插针,插針,跌破,
            跌穿,跌回,突破,击穿,擊穿,破位,破支,破前,失守,守不住,站上,站稳,站穩,站回,站不,收不回,
            不收回,没收回,沒收回,没有收回,沒有收回,收复,收復,回踩,反抽,反弹,反彈,支撑,支撐,阻力,
            压力位,壓力位,压力线,壓力線,颈线,頸線,前低,前高,新低,新高,低点,低點,高点,高點,最低价,
            最低價,最高价,最高價,成交量,交易量,放量,缩量,縮量,量能,爆量,量缩,量縮,量价,量價,费率,
            費率,持仓量,持倉量,均线,均線,布林,背离,背離,金叉,死叉,趋势线,趨勢線,箱体,箱體,区间,
            區間,缺口,结构,結構,通道,三角,旗形,楔形,区域,區域,需求区,需求區,供给区,供給區,利率,
            回测,回測,回调,回調,影线,影線,长影,長影,放大量,放巨量,天量,鲸鱼,鯨魚,巨鲸,巨鯨,流出,
            流入,溢价,溢價,基差,底部,顶部,頂部,破底,横盘,橫盤,震荡,震盪,黑客,駭客,下架,被盗,被盜,
            头肩,頭肩,双顶,雙頂,双底,雙底,诱多,誘多,诱空,誘空,超买,超買,超卖,超賣,新闻,新聞,公告,
            利空,利好,财报,財報,非农,非農,美联储,美聯儲,聯準會,降息,加息,升息,通胀,通脹,爆仓,爆倉,
            清算,强平,強平,盘口,盤口,挂单,掛單,买盘,買盤,卖盘,賣盤,砸盘,砸盤,周一,周二,周三,周四,
            周五,周六,周日,周末,週一,週二,週三,週四,週五,週六,週日,週末,星期,礼拜,禮拜,本周,本週,
            下周,下週,开盘,開盤,美盘,美盤,亚盘,亞盤,开仓价,開倉價,成本价,成本價,入场价,入場價,
            进场价,進場價,打到止损,打到止損,触发止损,觸發止損,扫损,掃損",
        but_not: "突破自己,突破自我,支撑我,支撐我,支撑着我,支撐著我",
    },
    Words {
        // Japanese
        seen: "終値,引け値,大引け,で引け,て引け,引けたら,日足,週足,月足,時間足,分足,で確定,足確定,
            割れ,割る,割っ,割り込,下抜,上抜,抜けた,抜けない,を抜け,ブレイク,ブレーク,サポート,
            サポライン,支持線,支持帯,レジスタンス,抵抗線,抵抗帯,レジサポ,安値,高値,出来高,
            ボリューム,ニュース,指標,雇用統計,利上げ,利下げ,日銀,ファンディング,資金調達率,建玉,
            未決済,移動平均,雲の,雲を,雲下,雲上,ボリンジャー,一目均衡,ダイバー,トレンドライン,
            レンジ,ネックライン,ヒゲ,反発,戻り売,全戻し,ロスカット,窓を,窓埋,板が,板の,月曜,火曜,
            水曜,木曜,金曜,土曜,日曜,週末,今週,来週,三尊,チャネル,三角持,三角保,ゾーン,金利,
            インフレ,リテスト,押し目,上髭,下髭,上ひげ,下ひげ,クジラ,大口,プレミアム,乖離,寄り付,
            東京時間,欧州時間,揉み合,ヨコヨコ,横ばい,天井,大底,ハッキング,上場廃止,逆指値,
            ストップロス,フラッグ,ペナント,ウェッジ,ダブルトップ,ダブルボトム,ラインを,だまし上げ,
            だまし下げ,騙し上げ,買われ過,買われす,売られ過,売られす,ダウ崩,包み足,陽線,陰線,建値,
            節目",
        but_not: "仲間割れ,雲の上の,ゾーンに入,天井知らず",
    },
    Words {
        // Korean
        seen: "*마감*, 종가*, 일봉*, 주봉*, 월봉*, *시간봉*, *분봉*, 음봉*, 양봉*, 장대*, 캔들*,
            이탈*, 돌파*, 깨지*, 깨면, 깨졌*, 깨고, 뚫*, 지지선*, 지지대*, 지지를, 지지가, 지지,
            저항*, *저점*, *고점*, 신고가*, 신저가*, 전고*, 전저*, 거래량*, 뉴스*, 공시*, 악재*,
            호재*, 펀비*, 펀딩*, 미결제*, *이평*, 볼린저*, 볼밴*, 다이버*, 추세선*, 박스권*,
            반등*, 되돌림*, 리테스트*, 지표*, 금리*, 연준*, 청산*, 손절가*, 손절라인*, 손절선*,
            본절*, 평단*, 채널*, 삼각수렴*, 쐐기*, 헤드앤*, 쌍바닥*, 쌍봉*, 넥라인*, 과매수*,
            과매도*, 구간*, 물가*, 고래*, 유입*, 유출*, 입금*, 김프*, 프리미엄*, 개장*, 미장*,
            *꼬리*, 횡보*, 해킹*, 상폐*, 상장폐지*, 진입가*, 무너지면*, 무너졌*, 매물대*, 호가창*,
            갭, 갭하락*, 갭상승*, 구름대*, 월요일*, 화요일*, 수요일*, 목요일*, 금요일*, 토요일*,
            일요일*, 주말*, 이번 주*, 이번주*, 다음 주*, 다음주*",
        but_not: "텔레그램 채널*, 유튜브 채널*",
    },
    Words {
        // Vietnamese
        seen: "đóng nến, đóng cửa, đóng dưới, đóng trên, nến, thủng*, gãy, phá vỡ, phá đáy,
            phá đỉnh, phá cản, đáy, đỉnh, hỗ trợ, kháng cự, khối lượng, tin tức, tin ra, tin xấu,
            tin tốt, râu nến, thanh khoản, thanh lý, đường trung bình, không bật, bật lại,
            cấu trúc, vùng cản, kênh giá, kênh tăng, kênh giảm, tam giác, vai đầu vai, bẫy tăng,
            bẫy giảm, mô hình, vùng, lạm phát, rút chân, cá voi, dòng tiền, phiên mỹ, phiên á,
            phiên âu, khung ngày, khung tuần, giá vào, điểm vào, quét sl, dính sl, đi ngang,
            đường ma, thứ hai, thứ ba, thứ tư, thứ năm, thứ sáu, thứ bảy, chủ nhật, cuối tuần,
            tuần này, tuần sau, lãi suất, oi tăng, oi giảm",
        but_not: "đáy lòng, đỉnh thật, quá đỉnh, hỗ trợ tôi",
    },
    Words {
        // Indonesian and Malay
        seen: "tutup, ditutup, penutupan, jebol*, tembus*, ditembus, patah, resisten*, berita,
            candle, lilin, terendah, tertinggi, volum*, harian, mingguan, bulanan, likuidasi*,
            likuiditas, struktur, segitiga, area, sumbu, ekor, paus, arus keluar, inflasi, sesi,
            pembukaan, harga masuk, harga entry, kena sl, kena stop, diretas, pantulan, memantul,
            suku bunga, hari senin, sampai senin, selasa, rabu, kamis, jumat, sabtu, minggu ini,
            minggu depan, akhir pekan",
        but_not: "tutup mata, patah hati, keyakinan tertinggi",
    },
    Words {
        // Arabic
        seen: "*إغلاق*, يغلق*, أغلق*, تغلق*, إقفال*, *كسر*, دعم, الدعم, للدعم, بالدعم, مقاومة,
            المقاومة, للمقاومة, قاع, القاع, قاعاً, لقاع, للقاع, قمة, القمة, للقمة, *فوليوم*,
            حجم التداول, أحجام التداول, خبر, أخبار*, الخبر, الأخبار, شمعة, الشمعة, بشمعة, شموع,
            الشموع, تمويل, التمويل, فندنق, الفندنق, فاندنق, ارتداد*, الارتداد, يرتد, اختراق*,
            الاختراق, يخترق, خط الاتجاه, خط الترند, قناة, القناة, مثلث, المثلث, وتد, رأس وكتفين,
            منطقة, المنطقة, التضخم, ذيل, الذيل, فتيل, حيتان, الحيتان, الجلسة, الافتتاح,
            سعر الدخول, ضرب الستوب, يضرب الستوب, ضرب الوقف, عرضي, إعادة اختبار, ريتست, الموفنج,
            موفنج, سيولة, السيولة, تصفية, سعر الفائدة, رفع الفائدة, خفض الفائدة, الفيدرالي,
            أسبوعي*, الأسبوعي*, اليومي*, ساعة, ساعات, الساعة, الساعات, الاثنين, الثلاثاء,
            الأربعاء, الخميس, الجمعة, السبت, متوسط, المتوسط, مستوى, المستوى",
        but_not: "قمة الثقة, قمة في, عندي خبر, على مستوى, كسر خاطر*, من ساعات, قناة التل*,
            قناة تل*, قناة اليوتيوب, منطقة الراحة",
    },
    Words {
        // Hindi, in its own script and as it is typed in Latin letters
        seen: "बंद, क्लोज*, क्लोज़*, टूट*, तोड़*, ब्रेक*, सपोर्ट*, रेजिस्टेंस*, रेज़िस्टेंस*, हाई, लो के नीचे, लो टूट*,
            वॉल्यूम*, वॉल्युम*, न्यूज*, न्यूज़*, खबर*, ख़बर*, कैंडल*, फंडिंग*, गैप*, बाउंस*, रिजेक्ट*, ट्रेंडलाइन*,
            स्टॉप लॉस, चैनल*, ट्रायंगल*, जोन, ज़ोन, ब्याज*, महंगाई, विक, व्हेल*, सेशन*, एंट्री के नीचे,
            मूविंग एवरेज, साइडवेज*, साइडवेज़*, डेली, वीकली, साप्ताहिक, घंटे, घंटा, सोमवार*, मंगलवार*, बुधवार*,
            गुरुवार*, शुक्रवार*, शनिवार*, रविवार*, हफ्ते, toota, tuta, toote, tootega, tootna, todega,
            niche band, neeche band",
        but_not: "आंख बंद, आँख बंद, आंखें बंद, आँखें बंद, आंखे बंद, दिल टूट*, खबर नहीं, ख़बर नहीं, घंटे से,
            टेलीग्राम चैनल*, यूट्यूब चैनल*",
    },
    Words {
        // Thai
        seen: "ปิดใต้,ปิดต่ำ,ปิดเหนือ,ปิดแท่ง,แท่ง,ราคาปิด,แนวรับ,แนวต้าน,หลุด,ทะลุ,เบรก,โลว์,นิวไฮ,จุดต่ำ,จุดสูง,
            วอลุ่ม,ข่าว,ไส้เทียน,เด้ง,ฟันดิ้ง,เส้นค่าเฉลี่ย,ชั่วโมง,สัปดาห์",
        but_not: "",
    },
    Words {
        // Persian
        seen: "بسته شدن, بسته بشه, بسته شه, کندل*, شکست حمایت, شکستن, شکسته, حمایت, مقاومت,
            کف قبلی, سقف قبلی, حجم, خبر, روزانه, ساعته, فاندینگ",
        but_not: "حمایت می*",
    },
];

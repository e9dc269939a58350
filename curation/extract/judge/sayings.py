"""Sayings of pages that are no story, in the large languages: whole titles and headings, never parts of one.

Each line is a pattern for all of a title, of its part beside the site's name, or of a heading, in lower case, without
what stands around it. What a headline may say as well is told apart by how much the page holds (``Reason.longest``).
"""

import re
from functools import cache

_SITE = r"[\w-]+(?:\.[\w-]+)+"

SAYINGS: dict[str, tuple[str, ...]] = {
    "listing": (
        r"index of\W+/.*",
        r"(?:directory )?listing (?:for|of)\W+/?.*",
        r"(?:directory|files in|contents of)\W+/.*",
    ),
    "default-page": (
        r"welcome to (?:nginx|openresty|apache|centos|caddy|lighttpd|tengine|litespeed|angie|iis|plesk)\b.*",
        r"(?:apache\d?|nginx|debian|ubuntu|centos|fedora).{0,30} (?:default|test|welcome) page.*",
        r"(?:apache )?(?:http )?(?:server )?test page.{0,80}",
        r"iis(?: windows(?: server)?|\d+(?:\.\d+)?)?|(?:microsoft )?internet information services.*|windows server",
        r"it works|caddy works.*|(?:apache )?tomcat/\d.*|nginx",
        r"(?:web ?server'?s?|web ?site|domain|plesk|parallels|virtual host|server) default page",
        r"default (?:web ?site|web|server|plesk|parallels|virtual host|site|parallels plesk) page.*",
        r"(?:this )?account (?:has been )?suspended|(?:this )?(?:web)?site (?:has been |is )?suspended",
        r"the install worked successfully.*|wordpress\W+(?:installation|setup configuration file)",
        r"site not found\W+github pages|there isn'?t a github pages site here|no such app|heroku\W+no such app",
        r"(?:web)?site (?:not|isn'?t) (?:configured|published|set up)(?: yet)?.*",
    ),
    "parked": (
        rf"{_SITE}(?: \w+)? (?:is |may be |domain (?:name )?is )?(?:available )?for sale.*",
        rf"{_SITE} (?:is parked|parked|domain parking).*",
        rf"{_SITE} (?:steht zum verkauf|est à vendre|está (?:a la|en) venta|está à venda|è in vendita|is te koop).*",
        r"(?:the |this |premium )?domain(?: name)?(?: \S+)? (?:is |may be |could be )?(?:available )?for sale.*",
        r"(?:the |this |your )?domain(?: name)?(?: \S+)? (?:has |is )?(?:expired|parked|been parked|been suspended).*",
        rf"{_SITE}\W+registered at .*|premium domain|(?:\S+ )?domain name search",
        r"buy (?:this|the) domain.*|parked domain.*|domain (?:parking|for sale|available).*|future home of .*",
        r"(?:diese |die )?domain(?: \S+)? (?:steht zum verkauf|ist (?:geparkt|zu verkaufen)|zu verkaufen|kaufen).*",
        r"(?:ce |le )?(?:nom de )?domaine(?: \S+)? est (?:à vendre|en vente|parqué).*",
        r"(?:este |el )?dominio(?: \S+)? está (?:a la|en) venta.*|(?:este |o )?domínio(?: \S+)? está à venda.*",
        r"(?:questo |il )?dominio(?: \S+)? è in vendita.*|(?:deze |dit )?domein(?:naam)?(?: \S+)? is te koop.*",
        r"ta domena jest na sprzedaż.*|(?:этот )?домен(?: \S+)? (?:продается|продаётся|припаркован).*",
        r"[此该本這该]?域名.{0,12}(?:出售|购买|轉讓|转让).*|このドメインは.{0,10}(?:販売|売り出し).*",
    ),
    "challenged": (
        r"(?:are|r) (?:you|u) (?:a |an )?(?:robot|human|bot|not a (?:ro)?bot)(?: or (?:a )?(?:human|robot|bot))?",
        r"(?:i'?m|i am) not a robot|robot or human|robot check|captcha|captcha (?:check|challenge|required|page)",
        r"(?:please )?(?:verify|verifying|confirm|prove)(?: that)? you(?:'?re| are) (?:a )?(?:human|not a (?:ro)?bot).*",
        r"(?:human|bot|browser|security|robot) (?:verification|check(?:point)?|detection|challenge)",
        r"(?:radware bot manager|shieldsquare|perimeterx|imperva|datadome) captcha|vercel security checkpoint",
        r"making sure you(?:'?re| are) not a (?:ro)?bot|bist du ein (?:mensch|roboter|bot)",
        r"just a moment|one moment,? please|please wait|attention required|one more step|client challenge|ddos-guard",
        r"access(?: to this page)?(?: has been| is)? denied|403 forbidden|forbidden|error 1020|request unsuccessful",
        r"(?:sorry,? )?you have been blocked|pardon our interruption|(?:unusual|suspicious) (?:traffic|activity).*",
        r"checking (?:your browser|if the site connection is secure)(?: before.*)?|performing security verification",
        r"(?:429 )?too many requests|(?:please )?(?:complete|solve) the (?:security check|captcha).*|validation request",
        r"sind sie ein (?:mensch|roboter)|(?:ich bin )?kein roboter|sicherheits(?:über)?prüfung|sicherheitsabfrage",
        r"zugriff verweigert|(?:nur )?einen moment(?:,? bitte)?|bitte warten",
        r"êtes-vous (?:un )?(?:humain|robot)|(?:je ne suis )?pas un robot|(?:vérification|contrôle) de sécurité",
        r"accès (?:refusé|interdit)|un instant|(?:veuillez )?(?:vérifie[rz]|confirme[rz]) que vous êtes (?:un )?humain.*",
        r"¿?eres (?:un )?(?:humano|robot)|no soy un robot|(?:verificación|comprobación) de seguridad|acceso denegado",
        r"(?:verifica|confirma) que eres (?:un )?humano.*|un momento(?:,? por favor)?|espere un momento",
        r"sei un (?:umano|robot)|non sono un robot|(?:verifica|controllo) di sicurezza|accesso negato",
        r"(?:você )?é (?:um )?(?:humano|robô)|(?:eu )?não sou um robô|verificação de segurança|acesso negado",
        r"(?:bent u|ben je) een (?:mens|robot)|ik ben geen robot|beveiligingscontrole|toegang geweigerd",
        r"czy jesteś (?:człowiekiem|robotem)|nie jestem robotem|odmowa dostępu|är du en (?:människa|robot)",
        r"(?:вы|я) не робот|подтвердите,? что вы не робот.*|проверка безопасности|доступ (?:запрещ[её]н|ограничен)",
        r"(?:私は)?ロボットではありません|セキュリティ(?:チェック|の?確認)|アクセスが拒否されました|しばらくお待ちください",
        r"(?:安全|人机|人機)(?:验证|驗證|检查)|请完成(?:安全)?验证.*|访问被拒绝|[请請]稍候|(?:我)?不是机器人",
        r"로봇이 아닙니다|보안 (?:확인|검사)|접근이? (?:거부|차단)되었습니다|robot (?:değilim|musunuz)|erişim engellendi",
    ),
    "gone": (
        r"(?:a|the) page you (?:requested|were looking for) could not be (?:located|found|displayed)",
        r"(?:az |a keresett |a kért )?oldal nem (?:található|létezik).{0,40}",
        r"(?:the |this |that |requested |your )?(?:web ?)?(?:page|article|story|file|content|post|link|document|item)"
        r"(?: (?:that )?(?:you(?:'?re| are| were|'?ve| have)? (?:looking for|requested|trying to \w+)|requested))?"
        r",? ?(?:was |is |has been |has |have |could |can |does |did |do |may have been |you'?re looking for )?"
        r"(?:not|n't|cannot be|can'?t be|couldn'?t be|isn'?t|wasn'?t|doesn'?t|no longer|removed|deleted|expired|moved"
        r"|missing|unavailable|gone)(?: (?:be )?(?:found|available|exist\w*|here|or \w+))?(?:[.!?,; ].*)?",
        r"404|not found|page missing|nothing (?:was )?found(?: here)?|dead link|lost\?|gone|page error|you seem lost",
        r"we (?:can'?t|couldn'?t|could not|cannot|can not)(?: seem to)? find .{0,60}",
        r"(?:it )?(?:looks like|seems) .{0,40}(?:doesn'?t exist|not found|can'?t be found|nothing was found).{0,30}",
        r"there is no such page.*|no such (?:page|article)|nothing to see here",
        r"(?:diese |die |ihre )?(?:\w+ )?(?:web)?(?:seite|artikel|beitrag|inhalt|dokument)(?: (?:wurde|konnte|ist|existiert"
        r"|kann|nicht|leider|mehr|nicht mehr|werden))* (?:nicht (?:mehr )?(?:gefunden(?: werden)?|verfügbar|vorhanden"
        r"|erreichbar)|gefunden(?: werden)?|verfügbar|existiert nicht(?: mehr)?|nicht(?: mehr)?|gelöscht)",
        r"nicht gefunden|fehler 404|seite nicht gefunden.*|(?:wir konnten|wir können) .{0,40}nicht finden.*",
        r"(?:la |cette |votre )?(?:page|article|contenu|document)(?: (?:web|demandée?|recherchée?|que vous (?:re)?cherchez))*"
        r" (?:est |reste |semble )?(?:introuvable|non trouvée?|inexistante?|inconnue?|indisponible|supprimée?"
        r"|n'existe (?:pas|plus)|n'(?:est|a) (?:pas|plus) (?:été )?(?:disponible|trouvée?)|a été supprimée?).*",
        r"introuvable|erreur 404.*|(?:l'article|le contenu|ce contenu|cet article) (?:est |n'est ).{0,40}",
        r"(?:la |esta |el |este )?(?:página|artículo|contenido|noticia|documento)(?: (?:web|solicitad[oa]|que (?:estás )?busca\w*))*"
        r" (?:no (?:encontrad[oa]|existe|disponible|se (?:ha )?(?:encontr\w+|pudo encontrar)|está disponible|fue encontrad[oa])"
        r"|inexistente|eliminad[oa]).*",
        r"no encontrad[oa]|error 404.*|no (?:se )?(?:ha |hemos )?(?:podido )?encontr\w+ (?:la página|el artículo).*",
        r"(?:la |questa |il |l'|l’)?(?:pagina|articolo|contenuto|documento)(?: (?:web|richiest[oa]|cercat[oa]|che (?:stai )?cerc\w+))*"
        r" (?:non (?:trovat[oa]|esiste(?:nte)?|disponibile|è (?:stat[oa] )?(?:trovat[oa]|disponibile)|è più disponibile)"
        r"|inesistente|rimoss[oa]).*",
        r"non trovat[oa]|errore 404.*",
        r"(?:a |esta |o |este )?(?:página|artigo|conteúdo|notícia)(?: (?:web|solicitad[oa]|que (?:você )?(?:procura|busca)))*"
        r" (?:não (?:encontrad[oa]|existe|disponível|foi encontrad[oa]|está disponível|pode ser encontrad[oa])|inexistente).*",
        r"não encontrad[oa]|erro 404.*",
        r"(?:de |deze |het )?(?:opgevraagde |gevraagde )?(?:pagina|artikel|inhoud)(?: die (?:je|u) zoekt)?"
        r" (?:niet (?:gevonden|beschikbaar)|bestaat niet(?: meer)?|is niet (?:meer )?(?:gevonden|beschikbaar)"
        r"|(?:kan|kon) niet (?:worden )?gevonden(?: worden)?).*",
        r"niet gevonden|fout 404.*",
        r"(?:den )?(?:sidan|siden|artikeln|artiklen|artikkelen)(?: (?:du|dere) \w+(?: (?:etter|efter))?)?"
        r" (?:hittades inte|kunde inte hittas|finns inte|saknas|blev ikke fundet|ble ikke funnet|findes ikke|finnes ikke"
        r"|kunne ikke fin\w+|eksisterer ikke|blev ikke fundet).*|fant ikke siden|sivua ei löy\w+.*",
        r"nie znaleziono (?:strony|artykułu)?.*|stron[ay] (?:nie (?:została )?(?:znaleziona|znaleziono|istnieje)).*",
        r"błąd 404.*|chyba 404.*|stránka (?:nenalezena|nebyla nalezena|neexistuje|sa nenašla|nebola nájdená).*",
        r"(?:az?|a keresett) oldal nem (?:található|létezik).*|pagina nu (?:a fost găsită|există|poate fi găsită).*",
        r"(?:запрашиваемая |запрошенная |данная )?(?:страница|статья|новость)(?: .{0,20})? (?:не найдена|не существует|удалена"
        r"|недоступна).*|(?:такой|этой) страницы (?:больше )?(?:нет|не существует).*|ошибка 404.*|не найдено",
        r"сторінк[ау] не (?:знайдено|існує).*|помилка 404.*|страницата не (?:е намерена|съществува).*",
        r"(?:η )?σελίδα δεν (?:βρέθηκε|υπάρχει).*|(?:aradığınız )?sayfa(?:yı)? bulun\w+.*|sayfa mevcut değil.*",
        r"(?:عذرا\W*)?(?:هذه )?الصفحة(?: \S+)? غير (?:موجودة|متوفرة|متاحة).*|(?:لم يتم|تعذر) العثور على (?:هذه )?الصفحة.*",
        r"הדף (?:לא נמצא|אינו קיים|המבוקש לא נמצא).*|صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد.*",
        r"(?:पृष्ठ|पेज) (?:नहीं मिला|उपलब्ध नहीं है).*|ไม่พบหน้า.*|halaman (?:tidak (?:ditemukan|tersedia)|yang anda cari).*",
        r"không tìm thấy trang.*|trang (?:\S+ ){0,4}?không (?:tồn tại|tìm thấy).*",
        r"(?:お探しの|ご指定の|指定された|該当の?|該当する|アクセスしようとした|リクエストされた)?(?:ページ|記事|コンテンツ)"
        r"(?:は|が|を)?(?:現在)?(?:見つかりません|見つけることができません|存在しません|ございません|ありません|削除され).*",
        r"(?:抱歉\W*|对不起\W*|很抱歉\W*)?(?:您?(?:所)?(?:要)?(?:访问|訪問|查找|请求|要找|浏览)的?)?[该此]?"
        r"(?:页面|頁面|网页|網頁|文章|内容|內容)(?:不存在|未找到|找不到|已(?:经)?(?:被)?[删刪]除|无法(?:访问|找到)|走[丢失].*|不見了?).*",
        r"(?:找不到|未找到|没有找到|無法找到|无法找到)(?:该|此|您.{0,6})?(?:页面|頁面|网页|網頁|文章).*",
        r"(?:요청하신 |찾으시는 |해당 )?(?:페이지|기사|게시물)(?:를|가|은|는)? ?(?:찾을 수 없|존재하지 않|삭제되).*",
    ),
    "maintenance": (
        r"(?:site |website |system |scheduled |planned |down for |under |in |undergoing )*maintenance(?: mode| page)?",
        r"(?:site|website|we|service|page|this (?:site|website|page))(?: is| are|'?re)?(?: currently| temporarily| down for)*"
        r" (?:down|offline|unavailable|(?:under|in|undergoing|down for) (?:scheduled )?(?:maintenance|construction))"
        r"(?: for (?:scheduled )?maintenance)?.{0,40}",
        r"(?:we'?ll|we will) be (?:right )?back(?: \w+){0,3}|be right back|back soon|under construction|coming soon",
        r"(?:briefly|temporarily|currently) (?:unavailable|offline|down)\b.{0,60}|launching soon",
        r"(?:http )?(?:error )?50[0-9]\b.{0,60}|internal server error|bad gateway|gateway time-?out|server error.{0,40}",
        r"(?:error establishing a )?database (?:connection )?error|error establishing a database connection",
        r"service (?:temporarily )?unavailable|application error|runtime error|something went wrong.{0,60}|an? (?:unexpected )?error"
        r"(?: has)? occurred.{0,40}",
        r"wartung(?:sarbeiten|smodus)?|(?:(?:die|unsere|diese) )?(?:web)?seite .{0,30}(?:wartung|gewartet|im aufbau).{0,20}",
        r"(?:wir sind )?(?:gleich|bald) (?:wieder )?(?:für sie )?(?:da|zurück)|vorübergehend nicht (?:verfügbar|erreichbar)",
        r"(?:(?:le |notre )?site (?:est )?)?(?:actuellement )?en (?:maintenance|construction|cours de maintenance).{0,20}",
        r"maintenance en cours|nous (?:revenons|serons de retour).{0,30}|(?:service )?(?:temporairement |momentanément )?indisponible",
        r"(?:(?:el |este )?(?:sitio|página|web)(?: web)? (?:está )?)?en (?:mantenimiento|construcción).{0,20}",
        r"mantenimiento(?: programado)?|(?:volvemos|volveremos) (?:pronto|enseguida|en breve)|no disponible temporalmente",
        r"(?:(?:il |questo )?(?:sito|pagina)(?: web)? (?:è )?)?in (?:manutenzione|costruzione|allestimento).{0,20}|torniamo (?:presto|subito)",
        r"manutenzione(?: in corso| programmata)?|manutenção(?: programada)?|voltamos (?:já|logo|em breve)",
        r"(?:(?:o |este )?(?:site|página) (?:está )?)?em (?:manutenção|construção).{0,20}",
        r"(?:(?:de |deze )?(?:web)?site (?:is )?)?(?:in |wegens |tijdelijk in )?onderhoud|we zijn (?:zo|snel) terug"
        r"|tijdelijk niet (?:beschikbaar|bereikbaar)|przerwa techniczna|strona w (?:budowie|przebudowie)",
        r"(?:ведутся )?технические работы|сайт (?:временно )?(?:недоступен|на (?:обслуживании|реконструкции)|в разработке)",
        r"(?:ただいま|現在)?(?:サイト|システム)?(?:は)?メンテナンス(?:中|のお知らせ).{0,12}|工事中",
        r"(?:网站|網站|系统|系統)?(?:正在)?(?:维护|維護|建设)中?.{0,10}|(?:서비스|시스템|사이트)? ?점검 ?(?:중|안내).{0,10}",
    ),
    "region": (
        r".{0,60}(?:not|n'?t|un)\W?available (?:in|for|to) (?:your|the) (?:region|country|location|area|eu|europe\w*).{0,40}",
        r".{0,40}(?:blocked|restricted) in your (?:region|country|location|area)|unavailable (?:due to|for) legal reasons|451.{0,40}",
        r"geo-?block\w*|access (?:restricted|unavailable)(?: by region| in your \w+)?",
        r".{0,40}in (?:ihrem land|ihrer region) nicht verfügbar|.{0,40}(?:pas )?disponible dans votre (?:pays|région)",
        r".{0,40}no (?:está )?disponible en (?:tu|su) (?:país|región)",
    ),
    "consent": (
        r"(?:we|at \w+ we) (?:value|respect|care about|take) your privacy(?: seriously)?|(?:about )?your privacy(?: rights)?",
        r"your privacy(?: choices| settings| options| preferences| matters| is important| and your choices)?(?: to us)?",
        r"(?:privacy|cookies?|consent|gdpr|data protection) (?:settings|preferences|choices|options|cent(?:er|re)|consent|notice"
        r"|wall|gate|banner|required|management|manager|prompt|form)",
        r"manage (?:your )?(?:cookies?|consent|privacy|data)(?: preferences| settings| choices)?|consent|before you continue.{0,40}",
        r"(?:this (?:site|website|page) |we |\w+ )(?:uses?|needs?|wants? to use|requires?) (?:your consent|cookies).{0,60}",
        r"(?:please )?(?:accept|enable|allow|turn on) (?:all )?cookies.{0,60}|cookies? (?:are |is )?(?:required|disabled|blocked"
        r"|not enabled|must be enabled).{0,40}|(?:your )?choices? (?:about|regarding) cookies|we need your consent.{0,60}",
        r"your (?:consent|cookie) (?:choices|settings|preferences|is (?:needed|required))|we and our (?:\d+ )?partners.{0,80}",
        r"(?:ihre |deine )?(?:datenschutz|privatsphäre|cookie|privatsphären?)-? ?(?:einstellungen|hinweise?|auswahl|präferenzen)",
        r"(?:wir (?:schätzen|respektieren|achten) )?(?:ihre|deine) privatsphäre(?: ist uns wichtig)?|(?:ihre )?(?:zustimmung|einwilligung)"
        r"(?: erforderlich| verwalten)?|wir (?:verwenden|nutzen|benötigen) (?:cookies|ihre zustimmung).{0,60}|datenschutz ist uns wichtig",
        r"(?:nous (?:respectons|accordons de l'importance à|protégeons) |le respect de )?votre vie privée.{0,50}",
        r"yahoo (?:is|fait|ist|es|è|is een) .{0,40}(?:brands?|marques|marken(?:familie)?|marcas|marchi|merken)",
        r"(?:pur-?abo|werbung|pur)(?: oder | und | mit ).{0,30}|weiter(?:lesen)? mit werbung.{0,40}",
        r"(?:vos |mes )?(?:gestion|paramètres|préférences|choix) (?:des |de |du |en matière de )?(?:vos )?(?:cookies|consentement|confidentialité|vie privée)",
        r"(?:votre )?consentement|(?:nous utilisons|ce site utilise) des cookies.{0,60}|gérer (?:mes|vos|les) cookies",
        r"(?:valoramos|respetamos|nos importa|cuidamos|protegemos) (?:de )?(?:tu|su) privacidad|(?:tu|su) privacidad.{0,30}",
        r"(?:configuración|preferencias|gestión|aviso|ajustes) de (?:las )?(?:cookies|privacidad|consentimiento)|consentimiento",
        r"(?:utilizamos|usamos|este sitio (?:web )?(?:utiliza|usa)) cookies.{0,60}",
        r"(?:rispettiamo |teniamo alla |diamo valore alla |il rispetto della )?(?:la )?(?:tua|vostra) privacy.{0,40}",
        r"(?:impostazioni|preferenze|gestione|informativa)(?: sui| dei| sulla| della)? (?:cookies?|privacy|consenso)|questo sito (?:usa|utilizza) (?:i )?cookies?.{0,60}",
        r"(?:valorizamos|respeitamos|nos importamos com) (?:a )?sua privacidade|(?:a )?sua privacidade.{0,30}",
        r"(?:configurações|preferências|definições|aviso) de (?:cookies|privacidade|consentimento)|(?:utilizamos|usamos|este site (?:usa|utiliza)) cookies.{0,60}",
        r"(?:wij|we) (?:waarderen|respecteren|hechten (?:veel )?waarde aan|geven om) (?:je|uw|jouw) privacy|(?:je|uw|jouw) privacy.{0,30}",
        r"(?:privacy|cookie)-?(?:instellingen|voorkeuren|melding)|.{0,20}privacy gate|(?:wij|we) gebruiken cookies.{0,60}",
        r"(?:cenimy|szanujemy|dbamy o) (?:twoją|państwa|waszą) prywatność|ustawienia (?:prywatności|cookies|plików cookie)",
        r"vi (?:värnar om|bryr oss om|värdesätter|værdsætter|respekterer|respekterar) (?:din |dit |ditt )?(?:integritet|privatliv|personvern).{0,20}",
        r"(?:cookie|personvern|integritets)-?(?:inställningar|indstillinger|innstillinger|samtykke|samtycke)",
        r"(?:настройки (?:конфиденциальности|cookies?|файлов cookie)|мы ценим вашу (?:приватность|конфиденциальность)).{0,20}",
        r"(?:プライバシー|クッキー|cookie)(?:の|に関する)?(?:設定|お知らせ|同意|選択).{0,6}|(?:您的)?(?:隐私|隱私|cookie) ?(?:设置|設定|偏好|选择)",
        r"(?:개인정보|쿠키) (?:설정|동의)",
    ),
    "gate": (
        r"are you (?:a|an) (?:\w+ )?(?:healthcare|health care|medical|health) (?:professional|practitioner|worker)",
        r"(?:this (?:site|website|page|content|section|area) is )?(?:intended )?(?:only |exclusively )?for (?:\w+ )?(?:healthcare|health care"
        r"|medical) professionals(?: only)?|(?:healthcare|health care|medical) professionals only|hcp (?:gate|verification|only)",
        r"(?:i am|i'm) a (?:healthcare|medical) professional|(?:age|professional|profession) (?:verification|gate|check|confirmation)",
        r"(?:please )?(?:verify|confirm) (?:your age|your profession|that you are (?:a (?:healthcare|medical)|over|at least)).{0,60}",
        r"are you (?:over|at least|of legal|old enough|above|18|21).{0,40}|you must be (?:over |at least )?(?:18|21).{0,40}",
        r"(?:nur )?für (?:medizinische )?fach(?:kreise|personal)|sind sie (?:arzt|ärztin|angehörige|medizinische).{0,60}",
        r"êtes-vous (?:un )?professionnel(?:le)? de (?:la )?santé|réservé aux professionnels de (?:la )?santé",
        r"¿?(?:es usted|eres) (?:un )?profesional (?:de la salud|sanitario)|(?:solo |sólo |exclusivo )?para profesionales (?:sanitarios|de la salud)",
        r"sei un (?:professionista|operatore) (?:sanitario|della salute)|(?:você )?é (?:um )?profissional (?:de|da) saúde",
        r"bent u (?:een )?zorg(?:verlener|professional)",
    ),
    "newsletter": (
        r"(?:un-?subscribe|unsubscribed|opt[- ]out)(?: from .{0,60}| successful\w*| confirm\w*)?",
        r"you(?:'?ve| have|'?re| are)(?: been)?(?: now| successfully)* (?:unsubscribed|subscribed|opted out|signed up|on the list|removed).{0,60}",
        r"(?:manage |update |change |your )*(?:e-?mail|newsletter|subscription|communication|mailing) (?:preferences|settings|options)(?: cent(?:er|re))?",
        r"(?:please )?confirm (?:your )?(?:subscription|e-?mail(?: address)?|un-?subscri\w+|sign-?up).{0,60}",
        r"(?:subscription|e-?mail(?: address)?|sign-?up|registration|un-?subscription) (?:is )?(?:confirmed|confirmation|successful|complete\w*)",
        r"(?:thanks|thank you)(?: so much| very much)? for (?:subscribing|signing up|confirming|joining|your subscription|registering).{0,60}",
        r"almost (?:finished|there|done).{0,40}|check your (?:inbox|e-?mail).{0,40}|(?:join|subscribe to) (?:our|the) (?:newsletter|mailing list)",
        r"newsletter|newsletter (?:sign-?up|subscription|abbestellen|abgemeldet|abmeldung|anmeldung|abonnieren)",
        r"(?:newsletter-?)?abmeldung.{0,40}|sie (?:wurden|haben sich) (?:erfolgreich )?(?:abgemeldet|ausgetragen|angemeldet).{0,40}",
        r"anmeldung (?:bestätigt|bestätigen|erfolgreich)|(?:vielen )?dank für (?:ihre|deine) anmeldung.{0,40}",
        r"(?:désabonnement|désinscription).{0,40}|vous (?:êtes|avez été|vous êtes) (?:bien )?(?:désabonné|désinscrit|abonné|inscrit).{0,40}",
        r"(?:inscription|abonnement) confirmée?|confirmez votre (?:inscription|abonnement|adresse).{0,40}|merci (?:pour|de) votre (?:inscription|abonnement).{0,40}",
        r"(?:darse|date) de baja.{0,40}|(?:se ha|has|te has|ha) (?:cancelado|dado de baja|suscrito).{0,60}|suscripción (?:confirmada|cancelada)",
        r"(?:cancelar|confirmar?|confirma tu) suscripción.{0,40}|gracias por (?:suscribir\w+|tu suscripción|su suscripción).{0,40}",
        r"(?:disiscrizione|cancellazione).{0,40}|iscrizione (?:confermata|annullata)|grazie per (?:l'iscrizione|esserti iscritt\w+).{0,40}|conferma (?:la tua )?iscrizione.{0,40}",
        r"cancelar (?:inscrição|assinatura|subscrição)|inscrição (?:confirmada|cancelada)|obrigad[oa] por (?:se inscrever|assinar|subscrever).{0,40}|confirme (?:a )?sua inscrição.{0,40}",
        r"(?:uitschrijven|afmelden|uitgeschreven|afgemeld).{0,40}|(?:je|u) bent (?:uitgeschreven|afgemeld|aangemeld).{0,40}|bedankt voor (?:je|uw) (?:in|aan)\w+.{0,40}|bevestig (?:je|uw) (?:inschrijving|aanmelding).{0,40}",
        r"(?:subskrypcja|zapis) (?:potwierdzon[ay]|anulowan[ay])|avsluta prenumeration|(?:配信停止|退订|取消订阅|メール配信).{0,12}|(?:вы )?(?:успешно )?отпис\w+.{0,30}",
    ),
    "sign-in": (
        r"\w+ log-?in, sign in|institutional (?:access|log-?in|sign-?in)|access through your institution",
        r"(?:please |member |user |subscriber |customer |my |staff |secure )*(?:sign|log)[- ]?in(?: page| required| here| now)?(?: (?:to|or|with|using|below) .{1,30})?",
        r"log ?on|(?:please )?(?:authenticate|authentication(?: required)?)|single sign-?on|sso(?: login)?|authwall|account login",
        r"(?:create|register)(?: for)? (?:an?|your|a free) account.{0,50}|sign[- ]?up(?: .{1,40})?|register|registration(?: required)?",
        r"you (?:must|need to|have to) (?:be )?(?:log|sign)(?:ged)?[- ]?(?:ed )?in.{0,60}|welcome back|members? (?:only|area)|join .{1,30} (?:today|now)",
        r"(?:bitte )?(?:anmelden|einloggen|anmeldung|registrieren|login|log-?in)(?: .{0,30})?|bitte melden sie sich an.{0,30}",
        r"(?:se )?connecte(?:r|z)(?:-vous)?(?: .{0,40})?|connexion(?: .{0,30})?|identifiez-vous.{0,40}|(?:s')?identifi(?:er|cation)|inscription",
        r"(?:iniciar|inicia|inicie|inicio de) sesión.{0,40}|identifícate.{0,30}|acceder|acceso(?: a .{0,30})?|regístrate.{0,30}",
        r"(?:accedi|accesso|login|effettua (?:il login|l'accesso))(?: .{0,40})?|area riservata|registrati.{0,30}",
        r"(?:entrar|acessar|iniciar sessão|fazer login|faça (?:o )?login|inicie sessão)(?: .{0,40})?",
        r"(?:inloggen|log in|aanmelden|registreren)(?: .{0,30})?|logga in.{0,30}|logg? (?:ind|inn).{0,30}|kirjaudu(?: sisään)?",
        r"zaloguj(?: się)?.{0,30}|logowanie|přihlášení|přihlásit se|bejelentkezés|autentificare|giriş yap\w*|oturum aç",
        r"вход(?: .{0,30})?|войти|авторизация|увійти|σύνδεση|تسجيل الدخول|התחברות|लॉग ?इन",
        r"(?:会員)?(?:ログイン|サインイン)(?:してください|が必要です|画面|ページ)?|(?:用户|用戶|会员)?(?:登录|登錄|登入|登陆)(?:页面)?|(?:회원 )?로그인",
        r"đăng nhập|masuk|เข้าสู่ระบบ",
    ),
    "paywalled": (
        r"subscribe(?: now| today)?(?: to (?:continue|read|keep|unlock|view|access).{0,60})?|subscribe to .{1,40}",
        r"(?:this (?:article|content|story|page) is )?(?:exclusively |only |available )?(?:for )?(?:paying )?(?:subscriber|member)s?(?:[- ]only| exclusive)?(?: (?:content|article|story|access))?",
        r"(?:subscription|membership)(?: required| options| plans| needed)?|become a (?:subscriber|member).{0,30}|(?:choose|select|pick) (?:your|a) (?:plan|subscription).{0,30}",
        r"(?:register|sign up|create .{0,20}account)(?: for free| now)? to (?:read|continue|keep|access).{0,60}|(?:unlock|continue|keep) (?:this|reading).{0,60}",
        r"you(?:'?ve| have) (?:reached|read|used|hit).{0,40}(?:limit|articles?|stories).{0,30}|already a subscriber|premium (?:content|article)",
        r"(?:jetzt )?abonnieren|nur für abonnent\w+|weiterlesen (?:mit|im) .{0,40}|(?:artikel|inhalt)?\W*(?:exklusiv )?für abonnent\w+|abo abschließen",
        r"abonnez-vous.{0,50}|(?:article |contenu )?réservé (?:aux|à nos) abonnés.{0,20}|s'abonner|abonnement",
        r"suscr[ií]b[ea]\w*.{0,40}|(?:contenido |artículo )?(?:exclusivo |solo |sólo )+para su[bs]\w*criptores|hazte socio",
        r"abbonati.{0,40}|(?:contenuto |articolo )?(?:riservato|esclusivo)(?: agli| per gli| per)? abbonati|assine.{0,40}|(?:conteúdo )?exclusivo para assinantes",
        r"(?:neem een abonnement|abonneer|word abonnee|word lid).{0,40}|alleen voor abonnees|prenumerera.{0,30}|bli (?:prenumerant|abonnent).{0,20}|bliv abonnent.{0,20}",
        r"(?:会员|会員|有料会員|付费|订阅)(?:专享|限定|内容|者限定|記事|后(?:可)?阅读).{0,12}|この記事は(?:有料|会員).{0,12}|подпишитесь.{0,40}|только для подписчиков",
    ),
    "app": (
        r"(?:continue|open|view|read|get|see)(?: this| it| more)?(?: story| article| page)?(?: in| on)(?: the| our)?(?: .{1,20})? app",
        r"(?:get|download|try|install|use|open)(?: the| our)?(?: free)?(?: .{1,20})? app(?: (?:for|to) .{1,40})?|(?:better|best|faster) in the app",
        r"(?:in der |zur )?app (?:öffnen|herunterladen|weiterlesen)|(?:ouvrir dans|télécharger|continuer dans) l'app\w*",
        r"(?:abrir|ver|continuar) en la app|descarga(?:r)? (?:la|nuestra) app|(?:apri|continua) nell'app|abrir no app\w*|(?:baixe|baixar) (?:o |nosso )?app\w*|open(?:en)? in de app",
        r"アプリで(?:開く|読む|見る).{0,6}|(?:在|打开|下载) ?app.{0,10}",
    ),
    "leads-on": (
        r"(?:you(?:'?re| are)(?: now)? (?:being )?|you will be )?redirect(?:ed|ing|ion|s)?(?: (?:you|notice|page|to|in|shortly|soon|automatically)\b.{0,60})?|redirect notice",
        r"(?:you(?:'?re| are)(?: now| about to)? )?leav(?:ing|e) .{1,60}|(?:click .{0,20})?if you are not redirected.{0,80}|(?:301 )?moved permanently|302 found|object moved.{0,20}",
        r"(?:(?:this|the) )?(?:document|page|site) (?:has )?moved(?: .{0,60})?|external link|please wait while .{0,30}redirect.{0,40}",
        r"weiterleitung.{0,30}|sie werden weitergeleitet.{0,40}|redirection(?: en cours)?|vous (?:allez être|êtes) redirigé.{0,40}",
        r"(?:redirigiendo|redireccionando|redireccionamiento|redirecionando|redirecionamento|reindirizzamento).{0,30}|(?:u wordt |je wordt )?door(?:verwijzing|gestuurd).{0,30}",
        r"przekierowanie.{0,30}|перенаправление.{0,30}|リダイレクト.{0,12}|(?:正在)?跳转(?:中)?.{0,8}",
    ),
    "search-results": (
        r"(?:site )?search(?: results?| page)?(?:\W+(?:for|page)?\W*.{0,120})?|(?:\d+ |showing |top |all )?results (?:for|matching)\W+.{1,120}",
        r"(?:you )?searched for\W.{1,120}|[\d,.]+ (?:search )?results?(?: found)?(?: for .{0,100})?|no (?:search )?results(?: found)?(?: for .{0,100})?",
        r"such(?:e|ergebniss?e?)(?:\W.{0,100})?|(?:keine )?(?:ergebnisse|treffer)(?: für\W.{0,100})?",
        r"(?:résultats?(?: de| pour)?(?: la| votre)?(?: recherche)?|recherche|rechercher)(?:\W.{0,100})?",
        r"(?:resultados?(?: de| para)?(?: la| tu| su)?(?: búsqueda)?|búsqueda|buscar)(?:\W.{0,100})?",
        r"(?:risultati(?: della| di| per)?(?: ricerca)?|ricerca|cerca)(?:\W.{0,100})?|(?:resultados?(?: da| de)? (?:pesquisa|busca)|pesquisa|pesquisar|busca)(?:\W.{0,100})?",
        r"(?:zoekresultaten|resultaten voor|zoeken)(?:\W.{0,100})?|(?:sökresultat|søgeresultater?|søkeresultat(?:er)?|hakutulokset|wyniki wyszukiwania|výsledky (?:vy)?hledávání)(?:\W.{0,100})?",
        r"(?:результаты поиска|поиск|arama sonuçları)(?:\W.{0,100})?|نتائج البحث.{0,60}|.{0,60}(?:検索結果|搜索结果|搜尋結果|检索结果|검색 ?결과).{0,60}",
    ),
    "needs-script": (
        r"(?:please |you (?:need|must|have) (?:to )?)?(?:enable|turn on|activate|allow) java ?script.{0,100}|.{0,60}requires? java ?script.{0,60}",
        r"(?:error\W+)?java ?script(?: support)? (?:is |must be |has been |seems to be )?(?:required|disabled|not (?:enabled|available)|enabled|off|needed).{0,60}|we're sorry but .{0,60}java ?script.{0,60}",
        r"loading|react app|vite(?: (?:\+|app).{0,20})?|vue app|angular ?app|next\.?js app|my app|app|(?:your |this )?(?:web ?)?browser (?:is |version is )?(?:not supported|unsupported|out of date|outdated|no longer supported).{0,60}",
        r"(?:unsupported|outdated|incompatible) browser|(?:please )?(?:update|upgrade) your (?:web )?browser.{0,60}",
        r"(?:bitte )?(?:aktivieren sie )?java ?script.{0,60}|(?:veuillez |merci d')?(?:activer|activez) java ?script.{0,60}",
        r"(?:por favor,? )?(?:activa|active|habilita|habilite)r? (?:el )?java ?script.{0,60}|(?:abilita|attiva)re? java ?script.{0,60}|(?:ative|habilite) o? ?java ?script.{0,60}|schakel java ?script in.{0,60}",
        r"java ?scriptを有効.{0,40}|[请請]?(?:启用|啟用|开启|開啟) ?java ?script.{0,40}|.{0,30}включ\w+ java ?script.{0,40}|laden|chargement|cargando|caricamento|carregando|загрузка|読み込み中|加载中",
    ),
}

_ANY = "[^:|–—]"  # whatever follows is still the same saying, unless a headline begins there


def _pattern(sayings: tuple[str, ...]) -> re.Pattern:
    joined = "|".join(f"(?:{one})" for one in sayings)
    return re.compile(joined.replace(".*", f"{_ANY}{{0,80}}").replace(".{", f"{_ANY}{{"))


@cache
def patterns() -> dict[str, re.Pattern]:
    """Return the pattern of each reason by its code, made when first asked for: it takes a tenth of a second."""
    return {code: _pattern(sayings) for code, sayings in SAYINGS.items()}


#: What stands before or behind such a saying and says nothing.
LEADING = re.compile(
    r"(?:(?:o+ps|whoops|uh[- ]?oh|sorry|oh no|hmm+|error|fehler|erreur|errore|erro|fout|ups|oups|ops|hoppla|ojd[aå]|desculpe"
    r"|désolée?s?|lo sentimos|lo siento|(?:ci )?(?:siamo )?spiacenti|leider|helaas|we'?re sorry|we are sorry|http|status|code"
    r"|pardon|entschuldigung|извините|упс|抱歉|对不起|404)(?![\w.])\W*)+",
)

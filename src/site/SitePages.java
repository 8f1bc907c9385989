import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeObject;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * The pages of the site from the Markdown of the project, which stays the only text: the site has the folders of the project, with
 * README.md as index.html. Run by {@code mvn -N site}, before and after Doxia, which cannot carry MathML:
 *
 * <pre>
 * prepare PROJECT WORK   pages with a mark for each formula, menu and files they link to; formulas by KaTeX
 * finish WORK SITE       formulas in the place of their marks; every link must lead somewhere
 * </pre>
 */
public final class SitePages {

    /** Code keeps its dollars. */
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]+`");

    private static final Pattern FORMULA = Pattern.compile("(?s)\\$\\$(.+?)\\$\\$|\\$([^$\n]+(?:\n[^$\n]+)?)\\$");
    private static final Pattern LINK = Pattern.compile("(\\[[^]]*])\\(([^)\\s]+)\\)");
    private static final Pattern MARK = Pattern.compile("formulaMark(\\d+)end");
    private static final Pattern TARGET = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    private SitePages() {}

    public static void main(String[] args) throws IOException {
        Path first = Path.of(args[1]).toAbsolutePath().normalize();
        Path second = Path.of(args[2]).toAbsolutePath().normalize();
        if (args[0].equals("prepare")) {
            prepare(first, second);
        } else {
            finish(first, second);
        }
    }

    private static void prepare(Path project, Path work) throws IOException {
        List<Path> pages = new ArrayList<>(List.of(
                project.resolve("README.md"), project.resolve("CHANGELOG.md"), project.resolve("CONTRIBUTING.md")));
        try (Stream<Path> files = Files.walk(project.resolve("docs"))) {
            files.filter(each -> each.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        copyTree(project.resolve("src/site/resources"), work.resolve("resources"));
        copy(project.resolve("src/site/site.xml"), work.resolve("site.xml"));
        List<String> formulas = new ArrayList<>();
        StringBuilder decisions = new StringBuilder("# Decisions\n\nWhy the house is as it is.\n\n");
        try (Mathematics mathematics = new Mathematics()) {
            for (Path page : pages) {
                String text = Files.readString(page);
                if (page.getParent().endsWith("decisions")) {
                    String title = text.lines().findFirst().orElseThrow().replaceFirst("# *", "");
                    decisions.append("- [").append(title).append("](").append(page.getFileName().toString().replace(".md", ".html")).append(")\n");
                }
                String marked = outsideCode(text, prose -> FORMULA.matcher(linked(prose, page, project, work))
                        .replaceAll(match -> mark(match, page, mathematics, formulas)));
                write(work.resolve("markdown").resolve(target(project.relativize(page).toString())), marked);
            }
        }
        write(work.resolve("markdown/docs/decisions/index.md"), decisions.toString());
        write(work.resolve("formulas.txt"), String.join("\n", formulas));
        System.out.println(pages.size() + " pages, " + formulas.size() + " formulas");
    }

    /** README.md of a folder is its index. */
    private static String target(String markdown) {
        return markdown.replaceFirst("(^|/)README\\.md", "$1index.md");
    }

    private static String outsideCode(String text, Function<String, String> change) {
        StringBuilder all = new StringBuilder();
        Matcher code = CODE.matcher(text);
        int end = 0;
        while (code.find()) {
            all.append(change.apply(text.substring(end, code.start()))).append(code.group());
            end = code.end();
        }
        return all.append(change.apply(text.substring(end))).toString();
    }

    private static String mark(MatchResult match, Path page, Mathematics mathematics, List<String> formulas) {
        boolean display = match.group(1) != null;
        String tex = display ? match.group(1) : match.group(2);
        try {
            formulas.add(mathematics.mathml(tex.strip(), display).replace("\n", " "));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(page + ": " + tex + ": " + e.getMessage(), e);
        }
        return "formulaMark" + (formulas.size() - 1) + "end";
    }

    /** Links to pages lead to pages; what else of the project they lead to goes into the site. */
    private static String linked(String prose, Path page, Path project, Path work) {
        return LINK.matcher(prose).replaceAll(match -> {
            String link = match.group(2);
            if (link.contains("://") || link.startsWith("#")) {
                return Matcher.quoteReplacement(match.group());
            }
            Path file = page.resolveSibling(link.replaceFirst("#.*", "")).normalize();
            String path = target(link);
            if (Files.isDirectory(file)) {
                path = link + "/index.html";
            } else if (!link.contains(".md")) {
                copyQuietly(file, work.resolve("resources").resolve(project.relativize(file)));
            }
            return Matcher.quoteReplacement(match.group(1) + "(" + path.replaceFirst("\\.md(#|$)", ".html$1") + ")");
        });
    }

    private static void finish(Path work, Path site) throws IOException {
        List<String> formulas = Files.readAllLines(work.resolve("formulas.txt"));
        Map<String, String> lost = new TreeMap<>();
        int set = 0;
        List<Path> pages;
        try (Stream<Path> files = Files.walk(site)) {
            pages = files.filter(each -> each.toString().endsWith(".html")).sorted().toList();
        }
        for (Path page : pages) {
            String html = Files.readString(page);
            set += (int) MARK.matcher(html).results().count();
            html = MARK.matcher(html).replaceAll(match -> Matcher.quoteReplacement(formulas.get(Integer.parseInt(match.group(1)))));
            // A table wider than a phone moves by itself, not the page.
            html = html.replace("<table", "<div class=\"wide\"><table").replace("</table>", "</table></div>");
            html = html.replaceFirst("<head>", "<head>\n    <meta name=\"color-scheme\" content=\"light dark\" />");
            Files.writeString(page, html);
            TARGET.matcher(html).results().map(match -> match.group(1)).forEach(link -> {
                boolean outside = link.contains(":") || link.startsWith("#");
                if (!outside && !Files.exists(page.resolveSibling(link.replaceFirst("[#?].*", "")))) {
                    lost.put(site.relativize(page) + " → " + link, "");
                }
            });
        }
        if (!lost.isEmpty()) {
            throw new IllegalStateException("links that lead nowhere: " + lost.keySet());
        }
        if (set != formulas.size()) {
            throw new IllegalStateException("formulas must number " + formulas.size() + " in the site, got " + set);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copyQuietly(Path from, Path to) {
        try {
            copy(from, to);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    /** KaTeX in Rhino. */
    private static final class Mathematics implements AutoCloseable {

        private static final String SCRIPT = "META-INF/resources/webjars/katex/0.16.4/dist/katex.js";

        private final Context context;
        private final Scriptable scope;

        Mathematics() throws IOException {
            Thread.currentThread().setContextClassLoader(SitePages.class.getClassLoader());
            context = Context.enter();
            // As a program of bytecode it is too long for the limits of methods.
            context.setInterpretedMode(true);
            context.setLanguageVersion(Context.VERSION_ES6);
            scope = context.initStandardObjects();
            try (InputStream in = SitePages.class.getClassLoader().getResourceAsStream(SCRIPT)) {
                if (in == null) {
                    throw new IOException(SCRIPT + " is not on the class path");
                }
                String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                context.evaluateString(scope, script, "katex.js", 1, null);
            }
        }

        String mathml(String tex, boolean display) {
            NativeObject options = new NativeObject();
            options.put("output", options, "mathml");
            options.put("displayMode", options, display);
            options.put("throwOnError", options, true);
            Scriptable katex = (Scriptable) ScriptableObject.getProperty(scope, "katex");
            return Context.toString(ScriptableObject.callMethod(context, katex, "renderToString", new Object[] {tex, options}));
        }

        @Override
        public void close() {
            Context.exit();
        }
    }
}

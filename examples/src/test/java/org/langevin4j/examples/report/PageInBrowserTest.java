package org.langevin4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.examples.experiment.ExperimentResult;
import org.langevin4j.examples.experiment.Ruling;
import org.langevin4j.examples.experiment.Statement;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page in a browser; skipped where chromium and chromedriver are not installed. */
class PageInBrowserTest {

    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final List<ExperimentResult> RESULTS = List.of(Samples.GOOD, Samples.RESULT);

    @TempDir
    static Path out;

    private static ChromeDriver browser;
    private static String address;

    @BeforeAll
    static void open() throws IOException {
        assumeTrue(
                BROWSER.canExecute() && DRIVER.canExecute(),
                "no chromium with chromedriver in /usr/bin: page not tried");
        Path page = IndexPage.write(out, Samples.RUN, Ruling.on(RESULTS), RESULTS);
        for (String picture : List.of("theorem-5/a b.png", "figure-4/plain.png")) {
            Files.createDirectories(Objects.requireNonNull(out.resolve(picture).getParent()));
            ImageIO.write(
                    new BufferedImage(900, 400, BufferedImage.TYPE_INT_RGB),
                    "png",
                    out.resolve(picture).toFile());
        }
        Files.writeString(out.resolve("theorem-5/a b.csv"), "", StandardCharsets.UTF_8);
        Files.writeString(out.resolve("theorem-5/a b.npz"), "", StandardCharsets.UTF_8);
        for (ExperimentResult result : RESULTS) {
            new ResultFolder(out).write(result);
        }
        address = page.toUri().toString();
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.setCapability("goog:loggingPrefs", logs);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void load() {
        browser.manage().window().setSize(new Dimension(1440, 900));
        browser.get("about:blank");
        browser.get(address);
    }

    private static Object js(String script, Object... arguments) {
        return Objects.requireNonNull(((JavascriptExecutor) browser).executeScript(script, arguments));
    }

    private static long shown() {
        return browser.findElements(By.cssSelector(".row")).stream()
                .filter(WebElement::isDisplayed)
                .count();
    }

    @Test
    void everyPictureLoadsAndTheConsoleIsSilent() {
        js("for (const d of document.querySelectorAll('details')) d.open = true;"
                + " for (const i of document.images) i.loading = 'eager'; return 0");
        Object broken = js("return Promise.all([...document.images].map(i => i.decode().then(() => '', () => i.src)))"
                + ".then(all => all.filter(Boolean).join(' '))");
        assertThat(broken).isEqualTo("");
        assertThat(js("return document.images.length")).isEqualTo(2L);
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void linksPointToWhatIsThere() throws IOException {
        for (WebElement link : browser.findElements(By.cssSelector("a[href]"))) {
            String target = Objects.requireNonNull(link.getDomAttribute("href"));
            if (target.startsWith("#")) {
                assertThat(browser.findElements(By.id(target.substring(1))))
                        .as(target)
                        .hasSize(1);
            } else {
                assertThat(out.resolve(target.replace("%20", " "))).as(target).exists();
            }
        }
    }

    @Test
    void filtersShowWhatTheyCount() {
        assertThat(shown()).isEqualTo(Statement.values().length);
        for (int k = 1; k <= 4; k++) {
            WebElement filter = browser.findElement(By.id("f" + k));
            filter.click();
            String label =
                    Objects.requireNonNull(filter.findElement(By.xpath("..")).getText());
            assertThat(shown()).as(label).isEqualTo(Long.parseLong(label.substring(label.lastIndexOf(' ') + 1)));
        }
    }

    @Test
    void keysSearchMoveOpenAndFilter() {
        WebElement body = browser.findElement(By.tagName("body"));
        body.sendKeys("/");
        browser.switchTo().activeElement().sendKeys("isotropic");
        assertThat(shown()).isBetween(1L, 8L);
        browser.switchTo().activeElement().sendKeys(Keys.ESCAPE);
        assertThat(shown()).isEqualTo(Statement.values().length);
        body.sendKeys("3");
        assertThat(shown()).isEqualTo(1);
        body.sendKeys("j");
        browser.switchTo().activeElement().sendKeys(Keys.ENTER);
        assertThat(js("return document.getElementById('lemma-6').open")).isEqualTo(true);
        browser.switchTo().activeElement().sendKeys("0");
        browser.switchTo().activeElement().sendKeys("k");
        assertThat(js("return document.activeElement.parentElement.id")).isEqualTo("theorem-5-split");
    }

    @Test
    void aDeepLinkOpensItsRow() {
        browser.get("about:blank");
        browser.get(address + "#theorem-5");
        assertThat(js("return document.getElementById('theorem-5').open")).isEqualTo(true);
    }

    @Test
    void nothingIsWiderThanThePhoneAndTheVerdictIsInView() {
        browser.manage().window().setSize(new Dimension(500, 900));
        js("for (const d of document.querySelectorAll('details')) d.open = true; return 0");
        assertThat(js("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        WebElement badge = browser.findElement(By.cssSelector("#lemma-6 .badge"));
        WebElement place = browser.findElement(By.cssSelector("#lemma-6 .place"));
        assertThat(badge.getRect().getY())
                .isBetween(place.getRect().getY() - 5, place.getRect().getY() + 5);
    }
}

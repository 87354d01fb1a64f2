package dev.postern.demo.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page of the demo in a browser with cookies of its own. For one thread. */
final class DemoPage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ChromeDriver browser;

    private DemoPage(ChromeDriver browser) {
        this.browser = browser;
    }

    /** Opens the page of a node, 1 or 2. */
    static DemoPage open(Chromium chromium, int node) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.browser().toFile());
        // no-sandbox: Chromium refuses to run as root with one, and the page is our own
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--window-size=1180,1000",
                "--hide-scrollbars",
                "--lang=en-GB");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromium.driver().toFile())
                .usingAnyFreePort()
                .build();
        DemoPage page = new DemoPage(new ChromeDriver(service, options));
        page.browser.get(RunningDemo.page(node));
        page.await("#nodes .state", "running");
        return page;
    }

    /** Signs in and waits for the session. A busy cluster may answer 503, and then it is tried again, as users do. */
    void signIn(String user) {
        type("#username", user);
        until("signed in as " + user, () -> {
            WebElement button = browser.findElement(By.cssSelector("#sign-in button"));
            if (button.isDisplayed() && button.isEnabled()) {
                WebElement password = browser.findElement(By.cssSelector("#password"));
                password.clear();
                password.sendKeys(user + "-demo");
                button.click();
            }
            return text("#user").equals(user);
        });
        await("#sessions tbody", "this one");
    }

    /** Opens a path of the same node. */
    void visit(String path) {
        browser.get(URI.create(browser.getCurrentUrl()).resolve(path).toString());
    }

    void type(String selector, String text) {
        WebElement field = shown(selector);
        field.clear();
        field.sendKeys(text);
    }

    void press(String selector) {
        until(selector + " can be pressed", () -> {
            WebElement element = browser.findElement(By.cssSelector(selector));
            if (!element.isDisplayed() || !element.isEnabled()) {
                return false;
            }
            element.click();
            return true;
        });
    }

    /** Presses the button with this accessible name. */
    void pressNamed(String label) {
        press("button[aria-label=\"" + label + "\"]");
    }

    /** Waits until the element has the text, among others. */
    void await(String selector, String text) {
        until(selector + " has the text \"" + text + "\"", () -> text(selector).contains(text));
    }

    /** Waits until the element has another text than this one. */
    void awaitOther(String selector, String text) {
        until(
                selector + " has another text than \"" + text + "\"",
                () -> !text(selector).equals(text) && !text(selector).isEmpty());
    }

    /** Waits until the element is not shown. */
    void awaitHidden(String selector) {
        until(
                selector + " is hidden",
                () -> browser.findElements(By.cssSelector(selector)).stream().noneMatch(WebElement::isDisplayed));
    }

    String text(String selector) {
        List<WebElement> found = browser.findElements(By.cssSelector(selector));
        return found.isEmpty() ? "" : found.get(0).getText();
    }

    List<String> texts(String selector) {
        return browser.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    boolean isEnabled(String selector) {
        return shown(selector).isEnabled();
    }

    /** Leaves the session without ending it, as a browser does that is thrown away. */
    void forgetCookies() {
        browser.manage().deleteAllCookies();
        browser.navigate().refresh();
        await("#nodes .state", "running");
    }

    /** Fields and buttons without a name that a screen reader could say. */
    List<?> namelessControls() {
        Object nameless = browser.executeScript(
                "return [...document.querySelectorAll('button, input, select')].filter(each => !each.textContent.trim()"
                        + " && !each.getAttribute('aria-label') && !(each.labels && each.labels.length))"
                        + ".map(each => each.outerHTML)");
        return nameless instanceof List<?> list ? list : List.of("no list");
    }

    /** Whether the page is wider than its window, or a table than its panel. */
    boolean isCutOff() {
        return Boolean.TRUE.equals(
                browser.executeScript(
                        "return document.documentElement.scrollWidth > window.innerWidth + 1"
                                + " || [...document.querySelectorAll('.scroll')].some(each => each.scrollWidth > each.clientWidth + 1)"));
    }

    void dark(boolean isDark) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
    }

    void width(int pixels, int height) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Takes a picture of what the window shows, or of one element. */
    void picture(Path file, String selector) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(
                    file,
                    selector.isEmpty()
                            ? browser.getScreenshotAs(OutputType.BYTES)
                            : shown(selector).getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void toTop() {
        browser.executeScript("window.scrollTo(0, 0)");
    }

    @Override
    public void close() {
        browser.quit();
    }

    private WebElement shown(String selector) {
        until(selector + " is shown", () -> {
            List<WebElement> found = browser.findElements(By.cssSelector(selector));
            return !found.isEmpty() && found.get(0).isDisplayed();
        });
        return browser.findElement(By.cssSelector(selector));
    }

    private void until(String what, BooleanSupplier condition) {
        new WebDriverWait(browser, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .ignoring(NoSuchElementException.class)
                .ignoring(ElementNotInteractableException.class)
                .withMessage(() -> what + "; the page says: " + text("#notice"))
                .until(driver -> condition.getAsBoolean());
    }
}

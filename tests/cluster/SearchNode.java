import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.plugins.Plugin;

/**
 * One node of OpenSearch in a process of its own, which a test may kill. Arguments: settings, as name=value. The property
 * `plugin` names one more class than every node has.
 */
public class SearchNode {
    static final List<String> MODULES = List.of(
        "org.opensearch.transport.Netty4Plugin",
        "org.opensearch.analysis.common.CommonAnalysisPlugin",
        "org.opensearch.index.mapper.MapperExtrasPlugin",
        "org.opensearch.painless.PainlessPlugin");

    public static void main(String[] given) throws Exception {
        Settings.Builder builder = Settings.builder();
        for (String one : given) {
            int at = one.indexOf('=');
            builder.put(one.substring(0, at), one.substring(at + 1));
        }
        Settings settings = builder.build();
        Path home = Path.of(settings.get("path.home"));
        for (String name : List.of("config", "modules", "plugins")) {
            Files.createDirectories(home.resolve(name));
        }
        var environment = InternalSettingsPreparer.prepareEnvironment(
            settings, Map.of(), home.resolve("config"), () -> settings.get("node.name"));
        List<String> names = new ArrayList<>(MODULES);
        if (System.getProperty("plugin") != null) {
            names.add(System.getProperty("plugin"));
        }
        List<Class<? extends Plugin>> modules = new ArrayList<>();
        for (String name : names) {
            modules.add(Class.forName(name).asSubclass(Plugin.class));
        }
        new OpenSearchRunnerNode(environment, modules).start();
        new CountDownLatch(1).await();
    }
}

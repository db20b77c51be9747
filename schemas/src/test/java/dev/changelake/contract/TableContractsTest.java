package dev.changelake.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableContractsTest {
  @TempDir Path folder;

  @Test
  void loadsEveryShippedContract() {
    // when
    TableContracts contracts = TableContracts.load(Optional.empty());

    // then
    assertThat(contracts.all())
        .extracting(TableContract::table)
        .containsExactly(
            "companies", "company_orders", "customers", "leads", "orders", "products", "weblogs");
    assertThat(contracts.targets())
        .extracting(TableContract::table)
        .containsExactly("companies", "customers", "orders", "products", "weblogs");
    assertThat(contracts.get("orders").keyColumns())
        .extracting(Column::name)
        .containsExactly("order_id");
    assertThat(contracts.get("weblogs").messageColumns())
        .extracting(Column::name)
        .containsExactly("log_date", "line_number", "line");
    assertThat(contracts.get("weblogs").storedColumns())
        .extracting(Column::name)
        .doesNotContain("line")
        .contains("client_ip", "country", "device");
  }

  @Test
  void addsThoseOfAFurtherFolder() throws IOException {
    // given
    Files.writeString(folder.resolve("items.json"), ContractTexts.items().toString());
    Files.writeString(folder.resolve("notes.txt"), "not a contract");

    // when
    TableContracts contracts = TableContracts.load(Optional.of(folder));

    // then
    assertThat(contracts.find("items")).isPresent();
    assertThat(contracts.find("orders")).isPresent();
  }

  @Test
  void namesTheFileThatIsWrong() throws IOException {
    // given
    Path file = folder.resolve("items.json");
    Files.writeString(file, ContractTexts.items().put("table", "orders").toString());

    // when, then
    assertThatThrownBy(() -> TableContracts.load(Optional.of(folder)))
        .hasMessageContaining("orders.json")
        .hasMessageContaining("items.json");
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    // when, then
    assertThatThrownBy(() -> TableContracts.load(Optional.of(folder.resolve("none"))))
        .isInstanceOfSatisfying(
            ChangelakeException.class,
            refused -> assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE))
        .hasMessageContaining("contracts.directory");
  }

  @Test
  void readsContractsFromJars() throws IOException {
    // given
    Path one = jar("one with space.jar", "items.json", ContractTexts.items().toString());
    Path two =
        jar(
            "two.jar",
            "items.json",
            ContractTexts.items().put("table", "things").put("topic", "things").toString());

    try (URLClassLoader loader = loader(one, two)) {
      // when
      TableContracts contracts = TableContracts.load(loader, Optional.empty());

      // then: files of one name in two jars do not hide each other
      assertThat(contracts.all())
          .extracting(TableContract::table)
          .containsExactly("items", "things");
    }
  }

  @Test
  void readsAJarThatAnotherReaderHasOpen() throws IOException {
    // given
    Path jar = jar("one.jar", "items.json", ContractTexts.items().toString());

    try (URLClassLoader loader = loader(jar);
        FileSystem open = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
      // when
      TableContracts contracts = TableContracts.load(loader, Optional.empty());

      // then
      assertThat(contracts.find("items")).isPresent();
      assertThat(open.isOpen()).isTrue();
    }
  }

  @Test
  void namesTheFileInAJarThatIsWrong() throws IOException {
    // given
    Path jar = jar("bad.jar", "items.json", "{}");

    try (URLClassLoader loader = loader(jar)) {
      // when, then
      assertThatThrownBy(() -> TableContracts.load(loader, Optional.empty()))
          .hasMessageContaining("bad.jar!/tables/items.json");
    }
  }

  @Test
  void refusesAClassPathWithoutContracts() throws IOException {
    try (URLClassLoader loader = loader()) {
      // when, then
      assertThatThrownBy(() -> TableContracts.load(loader, Optional.empty()))
          .isInstanceOf(ChangelakeException.class)
          .hasMessageContaining("no table contracts");
    }
  }

  private Path jar(String name, String file, String content) throws IOException {
    Path path = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(path);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry("tables/"));
      jar.closeEntry();
      jar.putNextEntry(new JarEntry("tables/" + file));
      jar.write(content.getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
    }
    return path;
  }

  private static URLClassLoader loader(Path... jars) throws IOException {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = jars[i].toUri().toURL();
    }
    return new URLClassLoader(urls, null);
  }
}

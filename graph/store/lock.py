"""The maintainer's command that writes a lock file: ``python -m graph.store.lock RELEASE``.

It asks Maven (``mvn`` on the PATH) for the runtime closure of Neo4j's Community server and of
the artifact that holds its entry point, and writes one line per jar: path in the Maven layout,
size in bytes, SHA-256. The lines are sorted; their order is the class path.

Decision: Maven itself, not the resolver in PyPI's ``jgo``. For 2026.09.0 that one names 241
jars where Maven names 230, test libraries among them, and other versions of five.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_POM = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>wushe</groupId>
  <artifactId>neo4j-runtime</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{0}</version>
    </dependency>
    <dependency>
      <groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{0}</version>
    </dependency>
  </dependencies>
</project>
"""


def lock(release: str) -> str:
    """Resolve ``release`` with Maven and return the text of its lock file.

    Raises `subprocess.CalledProcessError` if Maven cannot resolve it.
    """
    with tempfile.TemporaryDirectory() as folder:
        pom = Path(folder, "pom.xml")
        pom.write_text(_POM.format(release), encoding="utf-8")
        jars = Path(folder, "jars")
        subprocess.run(
            [
                *("mvn", "--batch-mode", "--quiet", "--file", str(pom), _PLUGIN),
                *("-DincludeScope=runtime", "-Dmdep.useRepositoryLayout=true"),
                f"-DoutputDirectory={jars}",
            ],
            check=True,
        )
        found = sorted(jars.rglob("*.jar"), key=lambda jar: jar.relative_to(jars).as_posix())
        lines = [f"# Neo4j {release} Community, runtime. Written by: python -m graph.store.lock"]
        for jar in found:
            content = jar.read_bytes()
            path = jar.relative_to(jars).as_posix()
            lines.append(f"{path} {len(content)} {sha256(content).hexdigest()}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write ``neo4j-RELEASE.lock`` beside this file."""
    (release,) = sys.argv[1:]
    target = Path(__file__).with_name(f"neo4j-{release}.lock")
    target.write_text(lock(release), encoding="utf-8")


if __name__ == "__main__":
    main()

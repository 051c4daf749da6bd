#!/usr/bin/env bash
# Installs whole Go toolchains, each with its source tree, from Debian's packages:
#
#     tools/goroots.sh DEST RELEASE...      for instance  tools/goroots.sh ~/.cache/goroots 1.19 1.24 1.27
#
# makes DEST/go1.19, DEST/go1.24 and so on: complete GOROOTs with bin/go, pkg and the sources of every target, without
# symbolic links. One that is there already is left alone. It needs a Debian of any release with apt-get and dpkg;
# the archive is the one of the machine's own sources, whose package lists stay as they are. On other systems unpack Go's
# own releases there: every tree with its VERSION and bin/go will do.
set -euo pipefail

usage="usage: tools/goroots.sh DEST RELEASE..."
dest=${1:?$usage}
shift
[ $# -gt 0 ] || { echo "$usage" >&2; exit 2; }

# The suite that carries a release.
suite_of() {
  case $1 in
    1.19) echo bookworm ;;
    1.21 | 1.22 | 1.23) echo bookworm-backports ;;
    1.24) echo trixie ;;
    1.25) echo trixie-backports ;;
    1.26 | 1.27) echo sid ;;
    *) echo "goroots.sh: no suite of Debian is known to carry Go $1" >&2; return 1 ;;
  esac
}

# The first archive that the machine's own sources name, in either of their two forms.
mirror_of_machine() {
  shopt -s nullglob
  local files=(/etc/apt/sources.list.d/*.sources /etc/apt/sources.list /etc/apt/sources.list.d/*.list)
  sed -n -s 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' "${files[@]}" 2> /dev/null || true
}

# Unpacks a release into the folder $2/x, with lists and archives of its own beside it.
unpack() {
  local release=$1 work=$2 suite
  suite=$(suite_of "$release")
  mkdir -p "$work"/{lists/partial,archives/partial,debs,x}
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" > "$work/sources.list"
  local apt=(apt-get -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/nonexistent
    -o Dir::State::Lists="$work/lists" -o Dir::Cache::Archives="$work/archives" -o APT::Sandbox::User=root)
  "${apt[@]}" update
  (cd "$work/debs" && "${apt[@]}" download "golang-$release-go" "golang-$release-src")
  for package in "$work"/debs/*.deb; do dpkg -x "$package" "$work/x"; done
}

mirror=$(mirror_of_machine | sed -n 1p)
[ -n "$mirror" ] || { echo "goroots.sh: the machine's apt sources name no archive" >&2; exit 1; }
mkdir -p "$dest"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for release in "$@"; do
  root=$dest/go$release
  if [ -x "$root/bin/go" ]; then
    echo "$root is there already"
    continue
  fi
  unpack "$release" "$work/$release"
  # It gets its name only when it is complete.
  rm -rf "$root" "$root.unfinished"
  cp -rL "$work/$release/x/usr/lib/go-$release" "$root.unfinished"
  mv "$root.unfinished" "$root"
  "$root/bin/go" version
done

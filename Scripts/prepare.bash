# What Scripts/start and Scripts/test share: speaking, stopping, and installing Debian packages. To be sourced.

# Libraries that the program is built with, and the time zones that it reads.
BUILD_PACKAGES=(libsqlite3-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libxml2-dev libargon2-dev libpq-dev pkg-config tzdata)
# What the example jobs run with, and what separates jobs from the machine.
JOB_PACKAGES=(r-base-core python3 python3-venv bubblewrap)

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }

# Ends the script with what is wrong and the one thing to do about it.
stop() {
  printf '\nstopped: %s\n' "$1" >&2
  printf 'do this: %s\n' "$2" >&2
  exit 1
}

need_swift() {
  command -v swift >/dev/null || stop "there is no Swift toolchain on the PATH." \
    "install Swift 6.3 for this system from https://www.swift.org/install/linux/ and put its usr/bin on the PATH."
}

# Installs those of the named packages that are missing, after saying which.
install_packages() {
  command -v dpkg-query >/dev/null || stop "this script installs packages on Debian and Ubuntu only." \
    "install by hand what is named here, then build with swift build: $*"
  local present missing=() package
  present=" $(dpkg-query -W -f '${db:Status-Abbrev}|${Package} ' "$@" 2>/dev/null || true)"
  for package in "$@"; do
    [[ $present == *" ii |$package "* ]] || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then return 0; fi

  step "Installing with apt-get: ${missing[*]}"
  local as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || stop "packages are missing, and you are neither root nor is there sudo." \
      "run as root: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -q || stop "apt-get update failed." "look at its messages above; most often the network or a proxy is missing."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" ||
    stop "apt-get could not install the packages." "look at its messages above, then start this script again."
}

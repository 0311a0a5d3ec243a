# One host: a root file system that only it can write to, a network of its own, and a real sshd as its first process.
# Usage, in new mount, network and process namespaces: host.sh ADDRESS IDENTITY
# IDENTITY holds the host key, authorized_keys, sshd_config and systemctl, the only stand-in: there is no systemd here.
set -eu
address=$1
identity=$2

mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
cd /mnt/root
mount -t tmpfs -o mode=0755 tmpfs run
mount -t tmpfs tmpfs tmp
# The root user of the machine may have a shell set up in a way that slows down every session.
mount -t tmpfs -o mode=0700 tmpfs root
mkdir -p run/sshd run/systemd/system run/identity run/machine
cp -R "$identity/." run/identity/
cp run/identity/systemctl usr/bin/systemctl
chmod 0755 usr/bin/systemctl
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /dev dev
pivot_root . run/machine
umount -l /run/machine

until [ -e /sys/class/net/eth0 ]; do sleep 0.02; done
ip link set lo up
ip address add "$address/16" dev eth0
ip link set eth0 up
exec /usr/sbin/sshd -D -e -f /run/identity/sshd_config
